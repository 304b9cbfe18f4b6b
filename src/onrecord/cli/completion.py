"""`onrecord completion`: the shell fills in commands, options and values."""

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from ..errors import ConfigError

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_ONRECORD_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS), required=False)
@click.option("--install", is_flag=True, help="Write it where the shell looks for it.")
def command(shell: str | None, install: bool) -> int:
    """Print what makes the shell complete `onrecord`'s commands and options, or install it.

    SHELL is that of $SHELL unless given.
    """
    from .. import files
    from . import group

    name = shell or Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        shown = f"{name!r} is not one of them." if name else "$SHELL doesn't say which."
        raise ConfigError("completion", shown, f"Name one: {', '.join(SHELLS)}.")
    kind = get_completion_class(name)
    assert kind is not None
    script = kind(group, {}, "onrecord", _VARIABLE).source()
    if not install:
        click.echo(script)
        return 0
    target, after = _place(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with files.written(target) as out:
        out.write(script.encode() + b"\n")
    click.echo(f"{target} is written. {after}")
    return 0


def _place(shell: str) -> tuple[Path, str]:
    """Where a shell looks for completions of the user's own, and what is left to do."""
    home = Path.home()
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    if shell == "bash":
        place = data / "bash-completion" / "completions" / "onrecord"
        return place, "Open a new terminal (Debian's package bash-completion reads it)."
    if shell == "fish":
        return config / "fish" / "completions" / "onrecord.fish", "Open a new terminal."
    line = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
    return home / ".zfunc" / "_onrecord", f"Put this into ~/.zshrc unless it is there: {line}"
