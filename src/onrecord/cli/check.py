"""`onrecord check`: findings on articles, in the format that the reader wants."""

from datetime import date
from pathlib import Path
from typing import IO, Any

import click
import msgspec

from . import against, inputs

FORMATS = ("full", "concise", "json", "jsonl", "html", "github", "sarif")


@click.command("check", cls=against.Command)
@inputs.paths
@against.options
@click.option("--format", "form", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option("--select", multiple=True, metavar="CODES", help="Only these rules, or families.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these; the longer prefix wins.")
@click.option("--preview", is_flag=True, help="Preview rules too.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    help="Exit with 1 from here on.  [default: warning]",
)
@click.option("--baseline", metavar="FILE", help="Hide the findings that are dismissed there.")
@click.option(
    "--write-baseline",
    metavar="FILE",
    help="Dismiss all that is found now, in FILE; what is there already stays.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@inputs.about
def command(
    paths: tuple[str, ...], form: str, exit_zero: bool, output: str | None, **options: Any
) -> int:
    """Check articles: what rests on an unnamed source, a fragment, or nobody?"""
    settings = _settings(options)
    from ..linter import RANK
    from ..rules import all_rules, select

    select(all_rules(), settings)  # a wrong code must not wait for the first article
    given = {
        "title": options["title"],
        "outlet": options["outlet"],
        "published": inputs.as_date(options["published"]),
    }
    materials = None
    if options["against"] or options["speakers"]:
        materials = against.Materials(options["against"], options["speakers"], options["tolerate"])
    articles = inputs.Inputs(paths, **given)
    with inputs.output(output) as out:
        writer = _Writer(form, out, options["no_text"], materials)
        writer.known = _known(options["baseline"])
        worst = writer.write(articles, settings, options["engine"])
    if options["write_baseline"]:
        _dismiss(options["write_baseline"], writer.made)
        return 3 if articles.fatal and not exit_zero else 0
    if options["baseline"]:
        hidden = f"{writer.hidden} finding{'s' * (writer.hidden != 1)} hidden"
        click.echo(f"note: {hidden} by {options['baseline']}.", err=True)
    if (articles.fatal or (materials and materials.fatal)) and not exit_zero:
        return 3
    return 1 if worst >= RANK[settings.fail_on] and not exit_zero else 0


def _known(path: str | None) -> Any:
    """The dismissals of a baseline file, none where none is named."""
    from ..baseline import read_baseline

    return read_baseline(Path(path)) if path else {}


def _dismiss(path: str, made: list[Any]) -> None:
    """Add the findings of these lints to a baseline file."""
    from ..baseline import dismissals, read_baseline, write_baseline

    file = Path(path)
    known = read_baseline(file) if file.exists() else {}
    fresh = [d for lint in made for d in dismissals(lint, "known before", date.today())]
    fresh = [d for d in fresh if d.fingerprint not in known]
    write_baseline(file, [*known.values(), *fresh])
    click.echo(f"note: {len(fresh)} finding{'s' * (len(fresh) != 1)} added to {path}.", err=True)


def _settings(options: dict[str, Any]) -> Any:
    """The configuration, with what the command line says on top."""
    from ..config import load

    changes: dict[str, Any] = {}
    for name in ("select", "ignore"):
        codes = [c.strip() for part in options[name] for c in part.split(",") if c.strip()]
        if codes:
            changes[name] = tuple(codes)
    if options["preview"]:
        changes["preview"] = True
    if options["fail_on"]:
        changes["fail_on"] = options["fail_on"]
    return msgspec.structs.replace(load(), **changes)


class _Writer:
    """Writes findings as they come where the format allows it, else all at the end."""

    def __init__(
        self, form: str, out: IO[str], no_text: bool, materials: against.Materials | None
    ) -> None:
        self._form, self._out, self._no_text = form, out, no_text
        self._materials = materials
        self._kept: list[Any] = []
        self._verified: list[Any] = []
        self.known: Any = {}
        """Dismissals by fingerprint; what they name is hidden and counted."""
        self.hidden = 0
        self.made: list[Any] = []
        """The lints, for a baseline."""

    def write(self, articles: inputs.Inputs, settings: Any, engine: Any) -> int:
        """Check each article, write it, and return the rank of the worst finding, -1 for none."""
        from ..baseline import apply
        from ..extract import analyse
        from ..linter import RANK, lint
        from ..records import Context, Problem
        from ..report import check_json

        worst, count, read = -1, 0, 0
        notes: list[Problem] = []
        for item in articles:
            if isinstance(item, Problem):
                if item.fatal and self._form in ("json", "jsonl"):
                    self._element(check_json.article(item.where, None, [*notes, item]))
                    notes = []
                elif not item.fatal:
                    notes.append(item)
                continue
            analysis = analyse(item, engine=engine)
            verified = self._materials.verdicts(analysis) if self._materials else None
            verdicts = verified.verdicts if verified else None
            made = lint(Context(analysis=analysis, settings=settings, verdicts=verdicts))
            made = apply(made, self.known)
            self.hidden += len(made.dismissed)
            self.made.append(msgspec.structs.replace(made, analysis=None))
            for failure in made.failed:
                inputs.say(failure)
            read += 1
            count += len(made.findings)
            worst = max([worst, *(RANK[f.severity] for f in made.findings)])
            if self._form in ("json", "jsonl"):
                self._element(check_json.article(item.input, made, notes, no_text=self._no_text))
            else:
                self._verified.append(verified)
                self._article(made)
            notes = []
        self._finish(count, read)
        return worst

    def _element(self, element: dict[str, Any]) -> None:
        from ..report import check_json

        if self._form == "jsonl":
            self._out.write(check_json.line(element))
        else:
            self._kept.append(element)

    def _article(self, made: Any) -> None:
        from ..report import concise, full, github

        if self._form in ("html", "sarif"):
            self._kept.append(made)
        else:
            render = {"full": full.render, "concise": concise.render, "github": github.render}
            text = render[self._form](made, no_text=self._no_text)
            self._out.write(text + ("\n" if self._form == "full" and text else ""))

    def _finish(self, count: int, read: int) -> None:
        from ..report import check_json, html, sarif

        if self._form == "json":
            self._out.write(check_json.document(self._kept))
        elif self._form == "sarif":
            self._out.write(sarif.render(self._kept, no_text=self._no_text))
        elif self._form == "html":
            self._out.write(
                html.render_many(self._kept, verifications=self._verified, no_text=self._no_text)
            )
        elif self._form == "full" and read:
            findings = "nothing found" if not count else f"{count} finding{'s' * (count != 1)}"
            self._out.write(f"{findings} in {read} article{'s' * (read != 1)}.\n")
