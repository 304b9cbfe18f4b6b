"""`onrecord check`: findings on articles, in the format that the reader wants."""

import io
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import IO, Any

import click
import msgspec

from ..errors import ConfigError
from . import against, baseline, commented, inputs, resume

FORMATS = (
    "full", "concise", "json", "jsonl", "html", "docx", "github", "gitlab", "sarif", "junit",
    "queries",
)  # fmt: skip

_AT_THE_END = ("html", "docx", "gitlab", "sarif", "junit")
"""Formats that hold all articles and are written when the last is read."""


def rule_options(function: Any) -> Any:
    """Which rules run."""
    for option in (
        click.option(
            "--isolated", is_flag=True, help="Heed no onrecord.toml and no pyproject.toml."
        ),
        click.option(
            "--config", metavar="FILE", help="The settings in FILE, not those of this folder."
        ),
        click.option(
            "--standard",
            multiple=True,
            metavar="KEY",
            help="Only rules of this body: ap, reuters, nyt, wapo, npr, bbc, spj, ipso, wikipedia.",
        ),
        click.option(
            "--profile", metavar="NAME", help="A bundle of settings: wire, popular or blp."
        ),
        click.option(
            "--sure",
            type=click.FloatRange(0, 1),
            metavar="P",
            help="Only findings whose speaker is right with this probability or more, from 0 to 1.",
        ),
        click.option("--preview", is_flag=True, help="Preview rules too."),
        click.option(
            "--ignore", multiple=True, metavar="CODES", help="Not these; the longer prefix wins."
        ),
        click.option(
            "--select", multiple=True, metavar="CODES", help="Only these rules, or families."
        ),
    ):
        function = option(function)
    return function


@click.command("check", cls=against.Command)
@inputs.paths
@against.options
@click.option("--format", "form", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option(
    "--statistics", is_flag=True, help="Only how often each rule fires; with --format full or json."
)
@click.option(
    "--watch", "again", is_flag=True, help="Again whenever a file changes.  [needs onrecord[watch]]"
)
@rule_options
@baseline.options
@click.option(
    "--ledger", metavar="FILE|URL", help="Hold it against other articles: the ledger's rules run."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    help="Exit with 1 from here on.  [default: warning]",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@inputs.colour
@inputs.about
@inputs.jobs
def command(
    paths: tuple[str, ...],
    form: str,
    exit_zero: bool,
    output: str | None,
    again: bool,
    **options: Any,
) -> int:
    """Check articles: what rests on an unnamed source, a fragment, or nobody?"""
    if options["statistics"] and form not in ("full", "json"):
        what = f"{form} has no place for them."
        raise ConfigError("--statistics", what, "Take --format full or json.")
    if again:
        from . import again as watching

        files = [*paths, *against.files(options), options["baseline"], options["config"]]
        written = [output, options["write_baseline"], options["index"]]
        once = partial(_once, paths, form, exit_zero, output, options)
        return watching.run(once, files, written)
    return _once(paths, form, exit_zero, output, options)


def _once(
    paths: tuple[str, ...], form: str, exit_zero: bool, output: str | None, options: dict[str, Any]
) -> int:
    """Check the articles once; the exit code."""
    read = [*paths, *against.files(options)]
    inputs.refuse(output, [*read, options["baseline"], options["ledger"]])
    inputs.refuse(output, read, write_baseline=options["write_baseline"])
    if form == "docx":
        commented.needs_file(output)
    settings = settings_of(options)
    ledger = None
    if options["ledger"]:
        from ..ledger import history, open_ledger

        ledger = open_ledger(options["ledger"])
        settings = history.with_its_rules(settings)
    from ..linter import RANK

    known = baseline.Known(options["baseline"], options["write_baseline"])
    given = {
        "title": options["title"],
        "outlet": options["outlet"],
        "published": inputs.as_date(options["published"]),
    }
    materials = None
    if options["against"] or options["speakers"]:
        materials = against.Materials(
            options["against"],
            options["speakers"],
            options["tolerate"],
            bare=options["no_text"],
            transcript=options["transcript"],
            index=options["index"],
        )
    articles = inputs.Inputs(paths, bare=options["no_text"], **given)
    asked = {
        "command": "check",
        "settings": settings,
        **{k: v for k, v in options.items() if k not in ("jobs", "quiet", "when")},
    }
    goes_on = form == "jsonl" and not any(
        options[k] for k in ("baseline", "write_baseline", "ledger")
    )
    opened: Any = resume.lines(output, asked, read) if goes_on else inputs.output(output)
    if form == "docx":
        opened = nullcontext(io.StringIO())
    with opened as place:
        out, earlier = place if isinstance(place, tuple) else (place, [])
        writer = _Writer(form, out, options, (materials, known), ledger)
        how = (options["engine"], options["jobs"], len(earlier))
        worst = max(writer.write(articles, settings, how), _worst(earlier))
        if form == "docx" and output:
            writer.write_docx(output)
    known.finish()
    if (articles.fatal or (materials and materials.fatal)) and not exit_zero:
        return 3
    if options["write_baseline"]:
        return 0
    return 1 if worst >= RANK[settings.fail_on] and not exit_zero else 0


def _worst(elements: list[dict[str, Any]]) -> int:
    """The rank of the worst finding in lines that were written before, -1 for none."""
    from ..linter import RANK

    return max((RANK[f["severity"]] for e in elements for f in e["findings"]), default=-1)


def settings_of(options: dict[str, Any]) -> Any:
    """The configuration, with what the command line says on top, every code in it known."""
    from ..config import blame, load, with_profile
    from ..records import Settings
    from ..rules import all_rules, select

    if options["isolated"] and options["config"]:
        raise ConfigError("--isolated", "heeds no file, --config names one.", "Give one of them.")
    file = Path(options["config"]) if options["config"] else None
    beside = options.get("stdin_filename")
    start = Path(beside).parent if beside else None

    def changed(settings: Any) -> Any:
        changes: dict[str, Any] = {}
        for name in ("select", "ignore", "standard"):
            keys = [k.strip() for part in options[name] for k in part.split(",") if k.strip()]
            if keys:
                changes[name] = tuple(keys)
        if options["preview"]:
            changes["preview"] = True
        if options["sure"] is not None:
            changes["sure"] = options["sure"]
        if options["fail_on"]:
            changes["fail_on"] = options["fail_on"]
        made = msgspec.structs.replace(settings, **changes)
        return with_profile(made, options["profile"]) if options["profile"] else made

    settings = Settings() if options["isolated"] else load(start, file)
    try:
        select(all_rules(), settings)
    except ConfigError as error:
        raise blame(error, start, file) from error
    outlets = {name: changed(own) for name, own in settings.outlets.items()}
    settings = msgspec.structs.replace(changed(settings), outlets=outlets)
    select(all_rules(), settings)  # a wrong code must not wait for the first article
    return settings


class _Writer:
    """Writes findings as they come where the format allows it, else all at the end."""

    def __init__(
        self,
        form: str,
        out: IO[str],
        options: dict[str, Any],
        kept: tuple[against.Materials | None, baseline.Known],
        ledger: Any,
    ) -> None:
        self._form, self._out, self._ledger = form, out, ledger
        self._no_text, self._quiet = options["no_text"], options["quiet"]
        self._paint = inputs.painted(out, options["when"])
        self._statistics: Any = None
        if options["statistics"]:
            from ..report.statistics import Statistics

            self._statistics = Statistics()
        self._materials, self._known = kept
        self._kept: list[Any] = []
        self._verified: list[Any] = []
        self._problems: list[Any] = []

    def write(self, articles: inputs.Inputs, settings: Any, how: tuple[Any, int, int]) -> int:
        """Check each article with the engine, processes and start that `how` says.

        Writes it, and returns the rank of the worst finding, -1 for none.
        """
        from ..config import for_outlet
        from ..linter import RANK, judges, lint
        from ..records import Context, Problem
        from ..report import bare, check_json, github

        worst, count, read = -1, 0, 0
        foreign = 0
        notes: list[Problem] = []

        def work(analysis: Any) -> tuple[Any, Any, Any]:
            article = analysis.article
            verified = self._materials.verdicts(analysis) if self._materials else None
            verdicts = verified.verdicts if verified else None
            own = for_outlet(settings, article.outlet)
            history = self._history(analysis) if self._ledger else None
            context = Context(analysis=analysis, settings=own, verdicts=verdicts, history=history)
            made = self._known.apply(lint(context))
            if self._no_text:
                made, verified = bare.lint(made), bare.verification(verified) if verified else None
            if self._statistics is not None:
                self._statistics.add(made)
                return made, verified, ""
            if self._form in ("json", "jsonl"):
                return made, verified, check_json.article(article.input, made, notes)
            return made, verified, self._rendered(made)

        for item in articles.each_analysis(work, *how):
            if isinstance(item, Problem):
                if item.fatal:
                    self._problems.append(item)
                if item.fatal and self._form == "github":
                    self._out.write(github.said(item))
                if item.fatal and self._form in ("json", "jsonl") and self._statistics is None:
                    self._element(check_json.article(item.where, None, [*notes, item]))
                    notes = []
                elif not item.fatal:
                    notes.append(item)
                continue
            made, verified, shown = item
            for failure in made.failed:
                inputs.say(failure)
            read += judges(made.analysis.article)
            foreign += not judges(made.analysis.article)
            count += len(made.findings)
            worst = max([worst, *(RANK[f.severity] for f in made.findings)])
            if self._statistics is not None:
                pass
            elif self._form in ("json", "jsonl"):
                self._element(shown)
            elif self._form in _AT_THE_END:
                self._kept.append(made)
                self._verified.append(verified)
            else:
                self._out.write(shown)
            notes = []
        self._finish(count, read, foreign, settings.fail_on)
        return worst

    def write_docx(self, output: str) -> None:
        """Write what was checked with a comment at each finding."""
        from ..report import docx

        said = [(made.analysis.article, docx.notes(made)) for made in self._kept]
        if said:
            commented.write(output, said, no_text=self._no_text)

    def _history(self, analysis: Any) -> Any:
        from ..ledger.history import history_of

        return history_of(self._ledger, analysis)

    def _element(self, element: dict[str, Any]) -> None:
        from ..report import check_json

        if self._form == "jsonl":
            self._out.write(check_json.line(element))
        else:
            self._kept.append(element)

    def _rendered(self, made: Any) -> str:
        """One article's part of a report that is written as it comes; empty for the others."""
        from ..report import concise, full, github, queries

        if self._form in _AT_THE_END:
            return ""
        if self._form in ("full", "concise"):
            render = {"full": full.render, "concise": concise.render}[self._form]
            text = render(made, no_text=self._no_text, paint=self._paint)
        else:
            plain = {"github": github.render, "queries": queries.render}[self._form]
            text = plain(made, no_text=self._no_text)
        return text + ("\n" if self._form in ("full", "queries") and text else "")

    def _finish(self, count: int, read: int, foreign: int, fail_on: Any) -> None:
        if self._statistics is not None and self._form == "json":
            self._out.write(self._statistics.as_json())
        elif self._statistics is not None:
            self._out.write(self._statistics.as_text(self._paint))
            self._sum(count, read, foreign)
        elif self._form in ("json", *_AT_THE_END):
            self._out.write(self._report(fail_on))
        elif self._form == "full":
            self._sum(count, read, foreign)

    def _report(self, fail_on: Any) -> str:
        """The whole report of a format that is written at the end."""
        # Each has libraries of its own, which the others' users needn't wait for.
        how: dict[str, Any] = {"problems": self._problems, "no_text": self._no_text}
        if self._form == "json":
            from ..report import check_json

            return check_json.document(self._kept)
        if self._form == "sarif":
            from ..report import sarif

            return sarif.render(self._kept, **how)
        if self._form == "gitlab":
            from ..report import gitlab

            return gitlab.render(self._kept, **how)
        if self._form == "junit":
            from ..report import junit

            return junit.render(self._kept, **how, fail_on=fail_on)
        if self._form == "html":
            from ..report import html

            return html.render_many(self._kept, verifications=self._verified, no_text=self._no_text)
        return ""

    def _sum(self, count: int, read: int, foreign: int) -> None:
        """A sentence on all articles."""
        if self._quiet or not (read or foreign):
            return
        if not read:
            self._out.write(f"{foreign} article{'s' * (foreign != 1)} not judged.\n")
            return
        findings = "nothing found" if not count else f"{count} finding{'s' * (count != 1)}"
        dismissed = self._known.sentence()
        others = f"; {foreign} not judged" if foreign else ""
        self._out.write(f"{findings} in {read} article{'s' * (read != 1)}{dismissed}{others}.\n")
