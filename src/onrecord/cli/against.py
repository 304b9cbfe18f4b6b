"""What `check` and `verify` share: the materials that quotations are held against."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click
import msgspec

from ..errors import ConfigError
from . import inputs

Function = TypeVar("Function", bound=Callable[..., Any])


class Command(click.Command):
    """A command whose `--against` takes all that follows, up to the next option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, each value of `--against` as if it had the option before it."""
        try:
            return super().parse_args(ctx, _spread(args))
        except click.MissingParameter as error:
            if error.param is None or error.param.name != "paths" or "--against" not in args:
                raise
            taken = args[args.index("--against") + 1 :]
            story = taken[-1] if taken else "STORY"
            rest = " ".join(taken[:-1]) or "TRANSCRIPT"
            what = f"--against takes all that follows it, {story} too, so there is no story left."
            remedy = f"Name the story first: {ctx.command_path} {story} --against {rest}"
            raise click.UsageError(f"{what} {remedy}", ctx) from error


def _spread(args: Sequence[str]) -> list[str]:
    spread: list[str] = []
    after = False
    for n, arg in enumerate(args):
        if arg == "--":
            return [*spread, *args[n:]]
        if arg == "--against":
            after = True
            if n + 1 == len(args):
                spread.append(arg)  # click says that a value is missing
        elif after and (arg == "-" or not arg.startswith("-")):
            spread += ["--against", arg]
        else:
            after = False
            spread.append(arg)
    return spread


def options(function: Function) -> Function:
    """Where the materials are, who speaks in them, what is not held against a quotation."""
    for option in (
        click.option(
            "--tolerate",
            metavar="NAMES",
            help="Differences that are shown but excused: contractions, numbers, spelling,"
            " disfluencies, homophones, or none.  [default: all]",
        ),
        click.option(
            "--transcript",
            type=click.Choice(("auto", "asr", "human")),
            default="auto",
            help="Whether a machine wrote the materials down from sound (asr): words that sound"
            " alike"
            " are no change.  [default: told by the format]",
        ),
        click.option(
            "--index",
            "index",
            metavar="FILE",
            help="Keep the materials' words in FILE, and read only what changed.",
        ),
        click.option(
            "--speaker",
            "speakers",
            multiple=True,
            metavar="NAME=FILE",
            help="All of FILE is the words of NAME.",
        ),
        click.option(
            "--against",
            multiple=True,
            metavar="FILE...",
            help="Transcripts, notes, releases: files, folders, patterns, or -.",
        ),
    ):
        function = option(function)
    return function


def files(options: Mapping[str, Any]) -> list[str]:
    """The paths of the materials that the options name, and of their index."""
    tied = (value.partition("=")[2] for value in options["speakers"])
    return [*options["against"], *tied, *filter(None, [options["index"]])]


class Materials:
    """The materials of the command line; counts what could not be read."""

    def __init__(
        self,
        against: Sequence[str],
        speakers: Sequence[str],
        tolerate: str | None,
        *,
        bare: bool = False,
        transcript: Any = "auto",
        index: str | None = None,
    ) -> None:
        from ..ingest.materials import read_materials
        from ..records import Material, Problem

        tied = dict(map(_tied, speakers))
        self.tolerate = _tolerances(tolerate)
        self._bare = bare
        self._transcript = transcript
        self._stored = index
        self._index: tuple[list[str], Any] | None = None
        self.fatal = 0
        self.problems: list[Problem] = []
        self._read: list[Material] = []
        for found in read_materials([*against, *tied], speakers=tied):
            if isinstance(found, Material):
                name = inputs.shown_name(found.name)
                self._read.append(msgspec.structs.replace(found, name=name))
            else:
                self.fatal += found.fatal
                self.say(found)

    def say(self, problem: Any) -> None:
        """Say a problem, and keep it for the reports that list them."""
        from ..report import bare

        where = inputs.shown_name(problem.where)
        problem = msgspec.structs.replace(problem, where=where)
        problem = bare.problem(problem) if self._bare else problem
        self.problems.append(problem)
        inputs.say(problem)

    def verdicts(self, analysis: Any) -> Any:
        """The verification of an analysis, or None where there is nothing to hold it against."""
        from ..records import Problem
        from ..verifier import verify

        article = analysis.article
        others = [m for m in self._read if m.raw_digest != article.raw_digest]
        if len(others) < len(self._read):
            what = "this is the story itself, which can't vouch for its own quotations."
            remedy = "It was left out; give the transcript or the notes."
            self.say(Problem(where=article.input, what=what, remedy=remedy, fatal=False))
        if not others:
            return None
        return verify(
            analysis,
            others,
            tolerate=self.tolerate,
            transcript=self._transcript,
            index=self._indexed(others),
        )

    def _indexed(self, materials: list[Any]) -> Any:
        """The index of materials, made once; with `--index`, from the file and written back to
        it."""
        from ..verifier.index import Index, Rows
        from ..verifier.stored import load_rows, rows_bytes

        digests = [material.raw_digest for material in materials]
        if self._index and self._index[0] == digests:
            return self._index[1]
        allowed = frozenset(self.tolerate)
        if self._stored is None:
            made = Index(materials, allowed)
        else:
            before, why = load_rows(self._stored, allowed)
            if why:
                from ..records import Problem

                what = f"{why}; it is made anew."
                self.say(Problem(where=self._stored, what=what, remedy="", fatal=False))
            known: dict[str, Rows] = {}
            made = Index(materials, allowed, known, before)
            if set(known) != set(before):
                from .. import files

                with files.written(self._stored) as raw:
                    raw.write(rows_bytes(known, allowed))
        self._index = (digests, made)
        return made


def _tied(value: str) -> tuple[str, str]:
    """A file and whose words it holds, of `NAME=FILE`."""
    name, mark, path = value.partition("=")
    if not mark or not name.strip() or not path:
        remedy = 'For instance --speaker "Jane Doe=interview.txt".'
        raise ConfigError("--speaker", f"{value!r} is not NAME=FILE.", remedy)
    return path, name.strip()


def _tolerances(value: str | None) -> Iterable[Any]:
    from ..verifier import TOLERANCES

    if value is None:
        return TOLERANCES
    names = [name.strip() for name in value.split(",") if name.strip()]
    if names == ["none"]:
        return ()
    for name in names:
        if name not in TOLERANCES:
            allowed = f"Allowed: {', '.join(TOLERANCES)}, none."
            raise ConfigError("--tolerate", f"{name!r} is no tolerance.", allowed)
    return names
