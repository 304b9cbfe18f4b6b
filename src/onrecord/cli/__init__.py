"""The command line: a group whose commands are loaded only when they are called."""

import importlib
import logging
import os
import signal
import sys
import traceback
from typing import NoReturn

import click

from .. import __version__
from ..errors import ConfigError, OnrecordError
from .examples import with_examples

COMMANDS = {
    "check": "Check articles and report findings.",
    "verify": "Hold quotations against transcripts and notes.",
    "analyse": "Write who says what, for other programs.",
    "batch": "Read a corpus into tables, on all cores.",
    "report": "Say who is quoted in a corpus, and how much.",
    "compare": "Hold two articles or versions against each other.",
    "sources": "List who speaks in an article.",
    "ledger": "Keep who said what across articles, and ask.",
    "watch": "Follow feeds into a ledger.",
    "serve": "Read articles in a browser, on this machine.",
    "mcp": "Answer an agent over the Model Context Protocol.",
    "lsp": "Show findings in an editor, as you type.",
    "rule": "Explain a rule, or list all.",
    "init": "Write a first onrecord.toml.",
    "doctor": "Say what is installed, and whether it works.",
    "completion": "Let the shell complete commands and options.",
}


class _Lazy(click.Group):
    """A group that imports a command's module only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in the menu's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"onrecord.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return with_examples(command, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The menu, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="onrecord")
def group() -> None:
    """On whose word does every statement in a news article stand?

    Reads articles (text, Markdown, HTML, DOCX, ODT, RTF, PDF, mail, wikitext, JSON, JSON Lines,
    CSV) on this machine; nothing is sent anywhere. Exit codes: 0 clean, 1 findings, 2 usage or
    configuration, 3 an input can't be read.
    """


def main() -> None:
    """Run the command line; every failure is a sentence, and a traceback only for who asks for it.

    Set ONRECORD_DEBUG=1 to see the traceback of an unexpected failure.
    """
    # Ended from outside, we still clear away what is half written.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Libraries' warnings may hold words of an article; what a reader must know is a Problem.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        code = group.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Abort:
        _end("stopped.", 130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except ConfigError as error:
        _end(str(error), 2)
    except OnrecordError as error:
        _end(str(error), 3)
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody left to tell.
        _drop()
        sys.exit(0)
    except OSError as error:
        if error.filename is not None:
            _broke(error)
        from ..files import fault

        _drop()
        _end(str(fault("standard output", error)), 3)
    except Exception as error:
        _broke(error)
    sys.exit(code if isinstance(code, int) else 0)


def _broke(error: Exception) -> NoReturn:
    """Say that something broke, and where it did to who asks for it; with --no-text no message."""
    bare = "--no-text" in sys.argv
    if os.environ.get("ONRECORD_DEBUG"):
        shown = traceback.format_tb(error.__traceback__)
        click.echo("".join(shown if bare else traceback.format_exception(error)), err=True)
    what = type(error).__name__ + ("" if bare else f": {error}")
    _end(
        f"something broke inside onrecord ({what}). Set ONRECORD_DEBUG=1 and run it again to see"
        " where, and please report it.",
        3,
    )


def _drop() -> None:
    """Send what is still to be written nowhere, so that Python doesn't stumble over it at the
    end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end(message: str, code: int) -> NoReturn:
    from ..report import visible

    click.echo(f"onrecord: {visible(message)}", err=True)
    sys.exit(code)
