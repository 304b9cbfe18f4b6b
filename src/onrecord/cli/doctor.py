"""`onrecord doctor`: what is installed here, whether it works, and how fast."""

import os
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click
import msgspec

from .. import __version__
from ..errors import OnrecordError
from ..extras import EXTRAS, missing

SAMPLE = (
    "The harbour board will close the north quay in May, its chair, Ana Petrov, said on Monday.\n"
    "“We have no choice,” Petrov told reporters. “The piles are rotten.”\n"
    "A source at the board said the repairs would cost 4 million crowns. Dealers at the fish market"
    " deny that anybody was asked.\n"
)
"""Text that the speed is measured on, ours."""
REPEATS = 15


class _Fact(msgspec.Struct, frozen=True):
    what: str
    said: str
    good: bool | None = None
    """Whether it is as it should be; None where there is nothing to judge."""
    remedy: str = ""


@click.command("doctor")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(form: str) -> int:
    """Say what is installed here, whether it works, and how fast: version, model, extras, settings.

    Sends nothing anywhere. Exits with 3 where something that every command needs is broken. Put
    what it prints into a bug report.
    """
    facts = [_python(), _model(), *_extras(), _settings(), _speed()]
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(facts), indent=2).decode())
    else:
        width = max(len(fact.what) for fact in facts)
        click.echo(f"onrecord {__version__}")
        for fact in facts:
            mark = {True: "ok", False: "!!", None: "--"}[fact.good]
            click.echo(f"{mark}  {fact.what:<{width}}  {fact.said}")
            if fact.remedy:
                click.echo(f"{'':{width + 6}}{fact.remedy}")
    return 3 if any(fact.good is False for fact in facts) else 0


def _python() -> _Fact:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    said = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return _Fact("Python", f"{said}, {cores} core{'s' * (cores != 1)}, {sys.prefix}", True)


def _model() -> _Fact:
    from ..extract.engine.model import load_model

    try:
        begun = time.perf_counter()
        model = load_model()
        took = time.perf_counter() - begun
    except OnrecordError as error:
        return _Fact("model", f"{error.what}", False, error.remedy or "Install onrecord again.")
    said = f"{model.name} {model.version}, its files are whole, loaded in {took:.2f} s"
    return _Fact("model", said, True)


def _extras() -> list[_Fact]:
    facts = []
    for name, extra in EXTRAS.items():
        gone = missing(name)
        if gone:
            said = f"not installed: {extra.gives}"
            facts.append(_Fact(f"[{name}]", said, None, f"pip install 'onrecord[{name}]'"))
            continue
        facts.append(_Fact(f"[{name}]", f"{', '.join(map(_versioned, extra.modules))}", True))
    return facts


def _versioned(module: str) -> str:
    try:
        return f"{module} {version(module)}"
    except PackageNotFoundError:
        return module


def _settings() -> _Fact:
    from ..config import find, load
    from ..rules import all_rules, select

    try:
        settings = load()
        path = find(Path.cwd())
        chosen = select(all_rules(), settings)
    except OnrecordError as error:
        return _Fact("settings", f"{error.where}: {error.what}", False, error.remedy)
    where = str(path) if path else "none in this folder or above; onrecord init writes one"
    return _Fact("settings", f"{where}; {len(chosen)} of {len(all_rules())} rules run", True)


def _speed() -> _Fact:
    from ..extract import analyse
    from ..ingest import read_text
    from ..linter import lint

    text = SAMPLE * REPEATS
    words = len(text.split())
    try:
        lint(analyse(read_text(SAMPLE)))
        begun = time.perf_counter()
        lint(analyse(read_text(text)))
        took = time.perf_counter() - begun
    except OnrecordError as error:
        return _Fact("speed", error.what, False, error.remedy)
    return _Fact(
        "speed", f"{words} words in {took:.2f} s, {words / took:,.0f} words a second", True
    )
