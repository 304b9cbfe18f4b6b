"""`onrecord check`: findings on articles, in the format that the reader wants."""

from typing import IO, Any

import click
import msgspec

from ..errors import ConfigError
from . import against, baseline, inputs, resume

FORMATS = ("full", "concise", "json", "jsonl", "html", "github", "sarif", "queries")


def rule_options(function: Any) -> Any:
    """Which rules run."""
    for option in (
        click.option(
            "--standard",
            multiple=True,
            metavar="KEY",
            help="Only rules of this body, for instance ap.",
        ),
        click.option(
            "--profile", metavar="NAME", help="A bundle of settings: wire, popular or blp."
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
@inputs.about
@inputs.jobs
def command(
    paths: tuple[str, ...], form: str, exit_zero: bool, output: str | None, **options: Any
) -> int:
    """Check articles: what rests on an unnamed source, a fragment, or nobody?"""
    read = [*paths, *against.files(options)]
    inputs.refuse(output, [*read, options["baseline"], options["ledger"]])
    inputs.refuse(output, read, write_baseline=options["write_baseline"])
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
        **{k: v for k, v in options.items() if k != "jobs"},
    }
    goes_on = form == "jsonl" and not any(
        options[k] for k in ("baseline", "write_baseline", "ledger")
    )
    opened = resume.lines(output, asked, read) if goes_on else inputs.output(output)
    with opened as place:
        out, earlier = place if isinstance(place, tuple) else (place, [])
        writer = _Writer(form, out, options["no_text"], (materials, known), ledger)
        how = (options["engine"], options["jobs"], len(earlier))
        worst = max(writer.write(articles, settings, how), _worst(earlier))
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
    from ..rules import all_rules, select

    def changed(settings: Any) -> Any:
        changes: dict[str, Any] = {}
        for name in ("select", "ignore", "standard"):
            keys = [k.strip() for part in options[name] for k in part.split(",") if k.strip()]
            if keys:
                changes[name] = tuple(keys)
        if options["preview"]:
            changes["preview"] = True
        if options["fail_on"]:
            changes["fail_on"] = options["fail_on"]
        made = msgspec.structs.replace(settings, **changes)
        return with_profile(made, options["profile"]) if options["profile"] else made

    settings = load()
    try:
        select(all_rules(), settings)
    except ConfigError as error:
        raise blame(error) from error
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
        no_text: bool,
        kept: tuple[against.Materials | None, baseline.Known],
        ledger: Any,
    ) -> None:
        self._form, self._out, self._no_text, self._ledger = form, out, no_text, ledger
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
            if self._form in ("json", "jsonl"):
                return made, verified, check_json.article(article.input, made, notes)
            return made, verified, self._rendered(made)

        for item in articles.each_analysis(work, *how):
            if isinstance(item, Problem):
                if item.fatal:
                    self._problems.append(item)
                if item.fatal and self._form == "github":
                    self._out.write(github.said(item))
                if item.fatal and self._form in ("json", "jsonl"):
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
            if self._form in ("json", "jsonl"):
                self._element(shown)
            elif self._form in ("html", "sarif"):
                self._kept.append(made)
                self._verified.append(verified)
            else:
                self._out.write(shown)
            notes = []
        self._finish(count, read, foreign)
        return worst

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

        if self._form in ("html", "sarif"):
            return ""
        render = {
            "full": full.render, "concise": concise.render, "github": github.render,
            "queries": queries.render,
        }  # fmt: skip
        text = render[self._form](made, no_text=self._no_text)
        return text + ("\n" if self._form in ("full", "queries") and text else "")

    def _finish(self, count: int, read: int, foreign: int) -> None:
        from ..report import check_json, html, sarif

        if self._form == "json":
            self._out.write(check_json.document(self._kept))
        elif self._form == "sarif":
            self._out.write(
                sarif.render(self._kept, problems=self._problems, no_text=self._no_text)
            )
        elif self._form == "html":
            self._out.write(
                html.render_many(self._kept, verifications=self._verified, no_text=self._no_text)
            )
        elif self._form == "full" and foreign and not read:
            self._out.write(f"{foreign} article{'s' * (foreign != 1)} not judged.\n")
        elif self._form == "full" and read:
            findings = "nothing found" if not count else f"{count} finding{'s' * (count != 1)}"
            dismissed = self._known.sentence()
            others = f"; {foreign} not judged" if foreign else ""
            self._out.write(
                f"{findings} in {read} article{'s' * (read != 1)}{dismissed}{others}.\n"
            )
