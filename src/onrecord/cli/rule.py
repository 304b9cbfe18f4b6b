"""`onrecord rule`: the page of a rule, or the list of all."""

import sys
from typing import Any

import click
import msgspec

from . import inputs


@click.command("rule")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="A table of all rules; so does no CODE.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@inputs.colour
def command(code: str | None, every: bool, form: str, when: Any) -> int:
    """Explain the rule CODE, with examples of what it finds, or list all rules."""
    from ..errors import ConfigError
    from ..report.rulepage import rule_text, table
    from ..rules import all_rules, page

    if code and every:
        raise ConfigError("--all", f"{code} is one rule.", "Give one of the two.")
    if code:
        page(code)  # says what is wrong with a code that no rule has
    rows = [r for r in all_rules() if code is None or r.code == code.upper()]
    if form == "json":
        from ..data.precision import figures

        fields = ("code", "name", "severity", "status", "since", "standards", "scope", "page")
        values = [
            {name: getattr(r, name) for name in fields} | {"measured": figures().get(r.code)}
            for r in rows
        ]
        click.echo(msgspec.json.format(msgspec.json.encode(values), indent=2).decode())
        return 0
    paint = inputs.painted(sys.stdout, when)
    click.echo(rule_text(rows[0], paint) if code else table(rows, paint), nl=False, color=True)
    return 0
