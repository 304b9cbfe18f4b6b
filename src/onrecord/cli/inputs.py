"""What the commands share: options, reading the inputs, saying problems, writing the output."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import IO, Any, TypeVar

import click

from ..errors import ConfigError, OnrecordError, OutputError

Function = TypeVar("Function", bound=Callable[..., Any])
Made = TypeVar("Made")


def paths(function: Function) -> Function:
    """The inputs: files, or - for standard input."""
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...|-")(function)


def about(function: Function) -> Function:
    """What the user knows of the article and the input may not say."""
    for option in (
        click.option(
            "--engine", type=click.Choice(["model", "baseline"]), help="What finds attributions."
        ),
        click.option("--no-text", is_flag=True, help="Keep the article's words out of the output."),
        click.option("-o", "--output", metavar="FILE", help="Write to a file."),
        click.option("--title", metavar="TEXT", help="The headline, where the input has none."),
        click.option("--outlet", metavar="NAME", help="Who publishes the article."),
        click.option("--published", metavar="DATE", help="When it was published, YYYY-MM-DD."),
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


class Inputs:
    """The articles of the command line's paths, one by one; counts what could not be read."""

    def __init__(self, paths: Sequence[str], *, bare: bool = False, **given: Any) -> None:
        self._paths = paths
        self._given = given
        self._bare = bare
        self.fatal = 0

    def each(self, work: Callable[[Any], Made]) -> Iterator[Any]:
        """What `work` makes of each article, and the problems; one that breaks it costs no other."""
        from ..records import Problem

        for item in self:
            if isinstance(item, Problem):
                yield item
                continue
            try:
                made: Any = work(item)
            except OnrecordError:
                raise
            except Exception as error:
                if os.environ.get("ONRECORD_DEBUG"):
                    raise
                what = f"something broke inside onrecord ({type(error).__name__})."
                remedy = "Please report it; the other articles were read."
                made = Problem(where=item.input, what=what, remedy=remedy)
                self.fatal += 1
                say(made)
            yield made

    def __iter__(self) -> Iterator[Any]:
        from ..ingest import read
        from ..report import bare

        seen: set[str] = set()
        front: list[Any] = []
        for path in self._shown(self._paths):
            source: Any = sys.stdin.buffer if path == "-" else path
            for found in read(source, input=shown_name(path), **self._given):
                item = self._unique(found, seen)
                if hasattr(item, "fatal"):
                    item = bare.problem(item) if self._bare else item
                    self.fatal += item.fatal
                    front.append(item)
                    say(item)
                else:
                    for note in item.notes:
                        if note not in front:
                            say(note)
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

    def _shown(self, paths: Sequence[str]) -> Iterator[str]:
        """The paths, with a progress bar for many on a terminal."""
        if len(paths) < 5 or not sys.stderr.isatty():
            yield from paths
            return
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True)
        yield from track(paths, "Reading", console=console, transient=True)


def shown_name(path: str) -> str:
    """A path as results call it: bytes that are no UTF-8 are written out, for JSON can't hold them."""
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
    """Say a problem on standard error, in a sentence."""
    from ..report import visible

    level = "error" if problem.fatal else "note"
    click.echo(
        f"{level}: {visible(problem.where)}: {visible(problem.what)} {visible(problem.remedy)}",
        err=True,
    )


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
