"""`onrecord rule`: the page of a rule, or the list of all."""

import click
import msgspec


@click.command("rule")
@click.argument("code", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(code: str | None, form: str) -> int:
    """Explain the rule CODE, or list all rules."""
    from ..data.precision import figures, sentence
    from ..rules import all_rules, page

    if code and form == "text":
        click.echo(f"{page(code)}\n## Measured\n\n{sentence(code.upper())}")
        return 0
    if code:
        page(code)
    rows = [r for r in all_rules() if code is None or r.code == code.upper()]
    if form == "json":
        fields = ("code", "name", "severity", "status", "since", "standards", "scope", "page")
        values = [
            {name: getattr(r, name) for name in fields} | {"measured": figures().get(r.code)}
            for r in rows
        ]
        click.echo(msgspec.json.format(msgspec.json.encode(values), indent=2).decode())
        return 0
    for r in rows:
        click.echo(f"{r.code}  {r.severity:<8} {r.status:<8} {r.name}")
    return 0
