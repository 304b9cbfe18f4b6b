"""What the commands share: options, reading the inputs, saying problems, writing the output."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from functools import partial
from typing import IO, Any, TypeVar

import click

from ..errors import ConfigError, OnrecordError, OutputError
from ..report.paint import WHEN, Paint, When, paint_for

Function = TypeVar("Function", bound=Callable[..., Any])
Made = TypeVar("Made")


KINDS = (
    "text", "markdown", "html", "docx", "json", "jsonl", "pdf", "rtf", "odt", "mail", "csv", "tsv",
    "wiki", "ninjs", "newsml",
)  # fmt: skip
"""The kinds of `onrecord.read`, which help must not import to name them."""


def paths(function: Function) -> Function:
    """The inputs: files, folders, patterns, or - for standard input."""
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")(function)


def about(function: Function) -> Function:
    """What the user knows of the article and the input may not say."""
    for option in (
        click.option(
            "--engine", type=click.Choice(["model", "baseline"]), help="What finds attributions."
        ),
        click.option(
            "-q", "--quiet", is_flag=True, help="No notes and no sums: what was asked for alone."
        ),
        click.option(
            "--no-text",
            is_flag=True,
            help="Keep the article's words out of the output; names of files, codes, places, kinds"
            " and counts remain.",
        ),
        click.option("-o", "--output", metavar="FILE", help="Write to a file."),
        click.option("--title", metavar="TEXT", help="The headline, where the input has none."),
        click.option("--outlet", metavar="NAME", help="Who publishes the article."),
        click.option("--published", metavar="DATE", help="When it was published, YYYY-MM-DD."),
        click.option("--language", metavar="CODE", help="What it is in, for instance en."),
        click.option(
            "--from",
            "kind",
            type=click.Choice(KINDS),
            metavar="FORMAT",
            help=f"What the input is, whatever its name: {', '.join(KINDS)}.",
        ),
        click.option(
            "--stdin-filename",
            metavar="NAME",
            help="What - is called in the results; its ending says what it is.",
        ),
        click.option("--repair", is_flag=True, help="Put garbled letters (â€™) right on reading."),
        click.option(
            "--exclude",
            multiple=True,
            metavar="PATTERN",
            help="Leave these out of folders and patterns; .gitignore is respected.",
        ),
    ):
        function = option(function)
    return function


def as_date(value: str | None) -> date | None:
    """The date of an option. Raises `ConfigError` for what is no date."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ConfigError(
            "--published", f"{value!r} is no date.", "Give it as YYYY-MM-DD."
        ) from error


def colour(function: Function) -> Function:
    """Whether a report is painted."""
    return click.option(
        "--color", "when", type=click.Choice(WHEN), default="auto", show_default=True,
        help="Colours; NO_COLOR and FORCE_COLOR in the environment count too.",
    )(function)  # fmt: skip


def painted(out: IO[str], when: When) -> Paint:
    """How to paint what goes to `out`: a file is never folded, and painted only with `always`."""
    return paint_for(out, when if out is sys.stdout or when != "auto" else "never")


def jobs(function: Function) -> Function:
    """How many processes work."""
    return click.option(
        "-j", "--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N",
        help="Processes that analyse.",
    )(function)  # fmt: skip


class Inputs:
    """The articles of the command line's paths, one by one; counts what could not be read."""

    def __init__(self, paths: Sequence[str], *, bare: bool = False, **given: Any) -> None:
        # The options that every command has; none of them has to pass them on.
        context = click.get_current_context(silent=True)
        options = context.params if context else {}
        self._exclude = options.get("exclude") or ()
        self._paths = paths
        self._bare = bare
        self._kind = options.get("kind")
        self._stdin = options.get("stdin_filename")
        self._given = {
            "language": options.get("language"),
            "repair": bool(options.get("repair")),
            **given,
        }
        self.fatal = 0

    def each(self, work: Callable[[Any], Made]) -> Iterator[Any]:
        """What `work` makes of each article, and the problems; one that breaks it costs no
        other."""
        return self._each((item, partial(work, item)) for item in self)

    def each_analysis(
        self, work: Callable[[Any], Made], engine: Any, jobs: int = 1, skip: int = 0
    ) -> Iterator[Any]:
        """What `work` makes of each article's analysis, and the problems, in their order.

        `jobs` processes analyse; the first `skip` articles or fatal problems are read and left out.
        """
        found = self._analyses(engine, jobs, skip)
        return self._each((item, partial(_after, analysed, work)) for item, analysed in found)

    def _each(self, items: Iterable[tuple[Any, Callable[[], Any]]]) -> Iterator[Any]:
        from ..records import Problem

        for item, work in items:
            if isinstance(item, Problem):
                yield item
                continue
            try:
                made: Any = work()
            except OnrecordError:
                raise
            except Exception as error:
                if os.environ.get("ONRECORD_DEBUG"):
                    raise
                what = f"something broke inside onrecord ({type(error).__name__})."
                remedy = "Please report it; the other articles were read."
                made = Problem(where=item.input, what=what, remedy=remedy)
                self._failed(made)
            yield made

    def _failed(self, problem: Any) -> None:
        self.fatal += 1
        say(problem)

    def _analyses(
        self, engine: Any, jobs: int, skip: int
    ) -> Iterator[tuple[Any, Callable[[], Any]]]:
        """Each item, and what gives an article's analysis."""
        if jobs <= 1:
            from ..extract import analyse

            for item in self._behind(skip):
                yield item, partial(analyse, item, engine=engine)
            return
        from ..batch.articles import analysed

        for item, analysis in analysed(self._behind(skip), engine, jobs, self._failed):
            yield item, partial(lambda made: made, analysis)

    def _behind(self, skip: int) -> Iterator[Any]:
        left = skip
        for item in self:
            if not left:
                yield item
            elif getattr(item, "fatal", True):  # an article, or what stands for one
                left -= 1

    def __iter__(self) -> Iterator[Any]:
        from ..report import bare

        seen: set[str] = set()
        front: list[Any] = []
        last: Any = None
        for found in self._shown():
            item = self._unique(found, seen)
            if hasattr(item, "fatal"):
                item = bare.problem(item) if self._bare else item
                self.fatal += item.fatal
                front.append(item)
                say(item)
            else:
                for note in map(bare.problem, item.notes) if self._bare else item.notes:
                    if note not in front and note != last:
                        say(note)
                        last = note
                front = []
            yield item

    def _unique(self, item: Any, seen: set[str]) -> Any:
        """The article, or a problem where another file had the same id."""
        from ..records import Article, Problem

        if not isinstance(item, Article):
            return item
        if item.input in seen:
            return Problem(
                where=item.input,
                what="this id was read before.",
                remedy="Give each article its own id.",
            )
        seen.add(item.input)
        return _passable(item)

    def _shown(self) -> Iterator[Any]:
        """What is read, with a progress bar on a terminal if it takes its time."""
        from ..ingest import SUFFIXES, read
        from ..ingest.paths import expand
        from ..records import Problem
        from .progress import Progress

        progress = Progress(lines=False, silent=quiet())
        files = list(expand(self._paths, self._exclude))
        sizes = [_size(path) for path in files]
        total, done, before = sum(sizes), 0, 0
        try:
            for path, size in zip(files, sizes, strict=True):
                if isinstance(path, Problem):
                    yield path
                    continue
                lines = SUFFIXES.get(os.path.splitext(path)[1].lower()) == "jsonl"
                lines = self._kind in (None, "jsonl") and lines
                with _opened(path, lines) as source:
                    told = hasattr(source, "tell") and path != "-"
                    kind: Any = "jsonl" if told else self._kind
                    name = shown_name(path)
                    if path == "-" and self._stdin:
                        name, kind = self._stdin, kind or _kind_of(self._stdin)
                    for found in read(source, input=name, kind=kind, **self._given):
                        yield found
                        done += not hasattr(found, "fatal")
                        taken = before + (source.tell() if told else size)
                        progress.show(done, done, min(taken / total, 1.0) if total else None)
                before += size
        finally:
            progress.end()


def _after(first: Callable[[], Any], then: Callable[[Any], Made]) -> Made:
    return then(first())


def _size(path: Any) -> int:
    """Bytes of a file; 0 for what is none."""
    return os.path.getsize(path) if isinstance(path, str) and os.path.isfile(path) else 0


def _kind_of(name: str) -> Any:
    """The kind that a file's ending says, or None."""
    from ..ingest import SUFFIXES

    return SUFFIXES.get(os.path.splitext(name)[1].lower())


def _opened(path: str, lines: bool) -> AbstractContextManager[Any]:
    """Standard input, or a file of lines, which tells how far it was read; others by their path."""
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return open(path, "rb") if lines and os.path.isfile(path) else nullcontext(path)
    except OSError:  # let the reader say what is wrong with it
        return nullcontext(path)


def shown_name(path: str) -> str:
    """A path as results call it: bytes that are no UTF-8 are written out, for JSON can't hold
    them."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _passable(article: Any) -> Any:
    """The article without halves of surrogate pairs, which its metadata may hold."""
    import msgspec

    try:
        msgspec.json.encode(article)
    except UnicodeEncodeError:
        return msgspec.convert(_cleaned(msgspec.to_builtins(article)), type(article))
    return article


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(inner) for key, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def say(problem: Any) -> None:
    """Say a problem on standard error, in a sentence; with --quiet only what costs an input."""
    from ..report import visible

    if not problem.fatal and quiet():
        return
    level = "error" if problem.fatal else "note"
    click.echo(
        f"{level}: {visible(problem.where)}: {visible(problem.what)} {visible(problem.remedy)}",
        err=True,
    )


def quiet() -> bool:
    """Whether the command was called with --quiet."""
    context = click.get_current_context(silent=True)
    return bool(context and context.params.get("quiet"))


def refuse(output: str | None, read: Iterable[str | None], **others: str | None) -> None:
    """Raise `ConfigError` where what is to be written is read, or is written twice.

    `others` are further options that name a file to write, beside `-o`.
    """
    from .. import files

    named = [name for name in read if name]
    files.refuse("-o", output, named)
    for key, path in others.items():
        option = f"--{key.replace('_', '-')}"
        files.refuse(option, path, named)
        if path and output and os.path.realpath(path) == os.path.realpath(output):
            what = f"{path} can't be written twice."
            raise ConfigError(option, what, "Give -o another file.")


@contextmanager
def output(path: str | None) -> Iterator[IO[str]]:
    """Where to write: standard output, or a file that appears only when it is whole.

    Raises `OutputError` where it can't be written.
    """
    from .. import files

    if path is None or path == "-":
        if sys.stdout is None:
            raise OutputError("standard output", "is closed.", "Name a file with -o.")
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        yield sys.stdout
        return
    with files.written(path) as raw:
        text = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="\n")
        yield text
        text.flush()
        text.detach()
