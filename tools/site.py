"""Build the documentation site into `out/site`, and look after it: `make site`.

The pages are those of `docs/`, with a page for each command made of its help. Afterwards every link
is followed within the site, and nothing may be loaded from another host: the site is read, and
searched, without a network.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from onrecord.cli import COMMANDS
from tools.docs import command_pages

ROOT = Path(__file__).parents[1]
DOCS, STAGE = ROOT / "docs", ROOT / "out" / "site-source"
SITE = ROOT / "out" / "site"
BUILDER = ROOT / "out" / "zensical" / "bin" / "zensical"
ROOT_PAGES = {
    "README.md": "index.md", **{n: n for n in ("SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")},
}  # fmt: skip
"""Pages that stand beside `docs/`, and what they are called in the site."""
NAV: dict[str, dict[str, str] | str] = {
    "onrecord": "index.md",
    "Tutorials": {
        "For an editor": "for-editors.md",
        "For a researcher": "for-researchers.md",
        "For a CMS builder": "for-builders.md",
    },
    "Use": {
        "What goes in": "input.md", "What comes out": "formats.md",
        "The reading view": "reading-view.md",
        "Who speaks": "who-speaks.md",
        "Verifying quotations": "verify.md", "Corpora": "corpora.md", "The ledger": "ledger.md",
        "In an editor": "editors.md", "In Word": "word.md", "In CI": "ci.md",
        "In a browser, over HTTP": "serve.md", "For agents": "agents.md",
        "Configuration": "configuration.md", "From Python": "python.md",
    },
    "How it works": {
        "How it is built": "design.md", "How well it finds attributions": "attributions.md",
        "Stages": "stages.md", "Figures": "figures.md", "Marked text": "marked-text.md",
        "Writing a rule": "writing-rules.md", "Security": "SECURITY.md",
        "Contributing": "CONTRIBUTING.md", "Changes": "CHANGELOG.md", "Licences": "licences.md",
    },
}  # fmt: skip
_LINK = re.compile(r"\[([^\]\n]*)\]\(((?:\.\./|docs/)[^)\s]*)\)")
_OUTSIDE = re.compile(r'<script[^>]*src="https?://[^"]*"[^>]*></script>')
_LOADED = ("src", "srcset", "poster", "data")


def stage() -> None:
    """Put the pages together as the builder wants them."""
    shutil.rmtree(STAGE, ignore_errors=True)
    pages = STAGE / "docs"
    shutil.copytree(DOCS, pages)
    for name, called in ROOT_PAGES.items():
        text = (ROOT / name).read_text("utf-8").replace("](docs/", "](")
        (pages / called).write_text(text, "utf-8")
    for name, text in command_pages():
        place = pages / "commands" / f"{name}.md"
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
    listed = "\n".join(
        f"- [onrecord {name}]({name}.md): {about}" for name, about in COMMANDS.items()
    )
    (pages / "commands" / "index.md").write_text(f"# Commands\n\n{listed}\n", "utf-8")
    for page in pages.rglob("*.md"):
        page.write_text(_LINK.sub(partial(_inside, page, pages), page.read_text("utf-8")), "utf-8")
    (STAGE / "zensical.toml").write_text(_configuration(pages), "utf-8")


def _inside(page: Path, pages: Path, match: re.Match[str]) -> str:
    """A link to a file that is no page of the site, as its words and its path."""
    words, target = match[1], match[2]
    path = (page.parent / target.partition("#")[0]).resolve()
    if path.exists() and path.is_relative_to(pages.resolve()):
        return match[0]
    return f"{words} (`{target.lstrip('./')}`)"


def _configuration(pages: Path) -> str:
    rules = {page.stem: f"rules/{page.name}" for page in sorted((pages / "rules").glob("*.md"))}
    rules = {"All rules": rules.pop("index"), **rules}
    commands = {"All commands": "commands/index.md"}
    commands |= {name: f"commands/{name}.md" for name in COMMANDS}
    nav = [
        _section(title, entry)
        for title, entry in {**NAV, "Commands": commands, "Rules": rules}.items()
    ]
    return (
        '[project]\nsite_name = "onrecord"\ndocs_dir = "docs"\nsite_dir = "site"\n'
        'copyright = "Apache-2.0"\nnav = [\n' + ",\n".join(nav) + "\n]\n"
        "[project.theme]\nfont = false\n"
        'features = ["content.code.copy", "navigation.top", "search.highlight"]\n'
        "[project.plugins.search]\n[project.plugins.offline]\nenabled = true\n"
    )


def _section(title: str, entry: dict[str, str] | str) -> str:
    if isinstance(entry, str):
        return f'  {{ "{title}" = "{entry}" }}'
    inner = ", ".join(f'{{ "{name}" = "{path}" }}' for name, path in entry.items())
    return f'  {{ "{title}" = [{inner}] }}'


def build() -> None:
    """Build the site from the staged pages."""
    made = subprocess.run(
        [BUILDER, "build", "--clean"], cwd=STAGE, capture_output=True, text=True, check=False
    )
    if made.returncode:
        sys.exit(f"zensical could not build it:\n{made.stdout}{made.stderr}")
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(STAGE / "site", SITE)
    for page in SITE.rglob("*.html"):  # a shim that the theme would fetch from elsewhere
        text = page.read_text("utf-8")
        page.write_text(_OUTSIDE.sub("", text), "utf-8")


class _Page(HTMLParser):
    """What a page links to and loads, and the places in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element's addresses and its id."""
        values = {key: value or "" for key, value in attrs}
        self.places |= {values[key] for key in ("id", "name") if key in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and "stylesheet" in values.get("rel", ""):
            self.loads.append(values.get("href", ""))
        self.loads += [values[key] for key in _LOADED if key in values]


def faults(site: Path = SITE) -> Iterator[str]:
    """Links of a built site that lead nowhere, and whatever is loaded from another host."""
    pages: dict[Path, _Page] = {}
    for path in site.rglob("*.html"):
        pages[path.resolve()] = made = _Page()
        made.feed(path.read_text("utf-8"))
    for path, page in sorted(pages.items()):
        if path.name == "404.html":
            continue  # its addresses are those of wherever it is served
        for address in (*page.links, *page.loads):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https"):
                if address in page.loads:
                    yield f"{path.name}: loads {address}"
                continue
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target = target / "index.html"
            if not target.exists():
                yield f"{path.relative_to(site.resolve())}: no {address}"
            elif parts.fragment and target in pages:
                place = unquote(parts.fragment)
                if place not in pages[target].places and not place.startswith("__"):
                    yield f"{path.relative_to(site.resolve())}: no place {address}"
    if not (site / "search.json").exists():
        yield "there is no index to search in"


def main() -> int:
    """Build the site unless told only to check it; 1 where something leads nowhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="look at what is built already")
    if not parser.parse_args().check:
        stage()
        build()
    found = list(faults())
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{SITE.relative_to(ROOT)}/index.html: {len(found)} links lead nowhere.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
