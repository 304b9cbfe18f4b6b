"""`onrecord init`: a first `onrecord.toml`, every line of it explained."""

import os
from collections import Counter
from itertools import islice
from pathlib import Path

import click

from ..errors import ConfigError

NAME = "onrecord.toml"
MOST = 10_000
"""Files that are counted."""

TEMPLATE = """\
# Settings of onrecord for this folder and all below it. Every line that begins with "# " and a key
# is a default or an example: take the mark away to make it count. All of it: docs/configuration.md

# A bundle for a kind of paper, below which the settings here stay as they are: {profiles}.
# profile = "wire"

# Which rules run: families (ANO, SRC, …) or codes (ANO001). Nothing here: all that are stable.
# select = ["ANO", "SRC", "QUO"]
# Which don't; the longer of two that fit wins.
# ignore = ["LAN"]
# Which run besides, for instance one that is still in preview.
# extend-select = ["ANO002"]
# All rules that are in preview.
# preview = false

# Only the rules of these bodies: {standards}.
# standard = ["ap"]

# From which severity on `onrecord check` ends with 1: error, warning or note.
# fail-on = "warning"

# How grave a rule's findings are.
# [severity]
# ANO001 = "note"

# Options of rules; `onrecord rule CODE` says which a rule has.
# [rules.ANO010]
# (its options)

# The house's own lists.
# [house]
# accepted-descriptions = ["a Palace spokesman"]
# loaded-words = ["love rat"]

# Other settings for what one outlet publishes.
# [outlet."Harbour Star"]
# profile = "popular"
"""


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]")
@click.option("--force", is_flag=True, help="Write over an onrecord.toml that is there.")
def command(folder: str, force: bool) -> int:
    """Write an onrecord.toml with every setting explained, and say what is in FOLDER.

    Nothing in it is switched on: until you change a line, `onrecord check` does what it did.
    """
    from .. import files
    from ..config import find, profiles, standards

    home = Path(folder)
    if not home.is_dir():
        raise ConfigError(folder, "this is no folder.", "Name the folder that holds your articles.")
    target = home / NAME
    if os.path.lexists(target) and not force:
        raise ConfigError(str(target), "is there already.", "Edit it, or give --force.")
    above = find(home.resolve())
    text = TEMPLATE.format(profiles=", ".join(profiles()), standards=", ".join(standards()))
    with files.written(target) as out:
        out.write(text.encode())
    click.echo(f"{target} is written; nothing in it is switched on yet.")
    if above is not None and above != target.resolve():
        click.echo(f"note: it counts here instead of {above}.", err=True)
    counts, more = _articles(home)
    if counts:
        kinds = ", ".join(f"{n} {kind}" for kind, n in counts.most_common())
        number = sum(counts.values())
        front = "More than " if more else ""
        plural = "s" if number != 1 else ""
        click.echo(f"In it: {front}{number} file{plural} that can be read: {kinds}.")
    else:
        click.echo("There are no articles here yet.")
    for said in _hints(home):
        click.echo(said)
    click.echo(f"Next: onrecord check {folder}")
    return 0


def _articles(home: Path) -> tuple[Counter[str], bool]:
    """How many files of each kind a folder holds, and whether counting stopped before the end."""
    from ..ingest import SUFFIXES
    from ..ingest.paths import expand

    found = list(islice((f for f in expand([str(home)]) if isinstance(f, str)), MOST + 1))
    kinds = Counter(SUFFIXES.get(Path(f).suffix.lower(), "other") for f in found[:MOST])
    return kinds, len(found) > MOST


def _hints(home: Path) -> list[str]:
    """What in the folder could work together with onrecord."""
    said = []
    if (home / ".pre-commit-config.yaml").is_file():
        said.append("There is pre-commit here: docs/ci.md says how a hook checks every commit.")
    if (home / ".github").is_dir():
        said.append("There is .github here: docs/ci.md has the step for GitHub Actions.")
    if (home / ".gitlab-ci.yml").is_file():
        said.append("There is .gitlab-ci.yml here: docs/ci.md has the job for GitLab.")
    return said
