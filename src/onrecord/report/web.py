"""What a page must know of the server that shows it; a page that is a file has no server.

The server fills it; the templates only read it. It carries addresses and words, never markup.
"""

import msgspec


class Web(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses that a served page links and posts to, all on the server's own origin."""

    rule_url: str = "/rules/"
    """In front of a rule's code."""
    dismiss_url: str | None = None
    """Where a dismissal is posted (form fields `fingerprint`, `code`, `reason`, `token`); the
    answer is the way back to the page. Null where findings can't be dismissed."""
    token: str | None = None
    """The form's token against forged requests."""
    nav: tuple[tuple[str, str], ...] = ()
    """Links at the top: words and address."""
    export_url: str | None = None
    """Where the same page is had as one file."""
