"""What the help shows below a command's options: calls as people make them, and what each does."""

import click

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "check": (
        ("onrecord check story.html", "findings in the terminal"),
        ("onrecord check drafts/ --format html -o page.html", "an annotated page to read"),
        ("onrecord check story.docx --format docx -o checked.docx", "comments in the document"),
        ("onrecord check story.txt --against interview.srt", "its quotations held against it"),
        ("onrecord check drafts/ --statistics", "how often each rule fires"),
        ("git show HEAD:a.md | onrecord check - --stdin-filename a.md", "as it was committed"),
    ),
    "verify": (
        ("onrecord verify story.txt --against interview.srt notes/", "story first, then the rest"),
        ('onrecord verify story.txt --speaker "Ana Petrov=call.txt"', "all of call.txt is hers"),
        ("onrecord verify story.txt --against call.json --format csv", "a row a quotation"),
    ),
    "analyse": (
        ("onrecord analyse story.html --format csv", "a row a statement"),
        ("onrecord analyse articles/ --format jsonl -o said.jsonl", "stopped, it goes on"),
        ("onrecord analyse story.txt --format webannotation", "W3C JSON-LD"),
    ),
    "batch": (
        ("onrecord batch news.jsonl.gz --out tables", "five Parquet tables, on all cores"),
        ("onrecord batch crawl.warc.gz --out tables --no-text", "no article's words in them"),
        ("onrecord batch news/*.parquet --out tables --engine ray", "on a Ray cluster"),
    ),
    "report": (
        ("onrecord report tables -o report.html", "a page with charts and intervals"),
        ("onrecord report tables --format csv", "its figures"),
    ),
    "compare": (
        ("onrecord compare first.txt second.txt", "what changed between two versions"),
        ("onrecord compare ours.html theirs.html --format html -o diff.html", "side by side"),
    ),
    "sources": (
        ("onrecord sources story.html", "who speaks, and how much"),
        ("onrecord sources story.html --sure 0.9", "surest speakers alone"),
        ("onrecord sources articles/ --format csv", "a row a voice"),
    ),
    "ledger add": (
        ("onrecord ledger add articles/", "everything that check reads"),
        ("onrecord ledger add tables", "what a batch run has made"),
    ),
    "ledger init": (("onrecord ledger init --no-text", "hashes and places, never words"),),
    "ledger who": (('onrecord ledger who "Ana Petrov"', "what she said, and where"),),
    "ledger search": (("onrecord ledger search north quay", "statements with these words"),),
    "ledger trace": (('onrecord ledger trace "The piles are rotten"', "a quotation's ways"),),
    "ledger claims": (
        ("onrecord ledger claims --unnamed --outlets 3", "three papers, and nobody's name"),
    ),
    "ledger stats": (("onrecord ledger stats", "how much it holds, by outlet"),),
    "ledger diff": (("onrecord ledger diff 17", "what an article's last version changed"),),
    "ledger export": (("onrecord ledger export -o said.parquet", "every statement"),),
    "ledger purge": (("onrecord ledger purge --article 17", "an article and all of it"),),
    "ledger merge": (('onrecord ledger merge 4 9 --reason "one person"', "two become one"),),
    "ledger split": (("onrecord ledger split 4 17 18", "who is in two articles is another"),),
    "watch": (
        ("onrecord watch feeds.toml", "once"),
        ("onrecord watch feeds.toml --every 30", "every half hour"),
    ),
    "serve": (
        ("onrecord serve", "paste or drop articles in the browser"),
        ("onrecord serve drafts/ --keep shelf --ledger onrecord.db", "with a list that stays"),
    ),
    "mcp": (("onrecord mcp drafts/", "an agent may read this folder"),),
    "lsp": (("onrecord lsp", "started by the editor"),),
    "rule": (
        ("onrecord rule ANO001", "what it finds and why it matters"),
        ("onrecord rule --all", "a table of all rules"),
    ),
    "init": (("onrecord init", "in the folder of your articles"),),
    "doctor": (("onrecord doctor", "for a bug report"),),
    "completion": (
        ("onrecord completion --install", "for the shell you use"),
        ("onrecord completion zsh", "print it"),
    ),
}


def with_examples(command: click.Command, called: str) -> click.Command:
    """The command, its help ending with its examples, and so those of its verbs."""
    if isinstance(command, click.Group):
        for verb, inner in command.commands.items():
            with_examples(inner, f"{called} {verb}")
    rows = EXAMPLES.get(called)
    if rows:
        shown = "\n\n".join(f"\b\n  {call}\n      {does}" for call, does in rows)
        command.epilog = f"Examples:\n\n{shown}"
    return command
