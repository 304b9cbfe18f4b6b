"""What a page must know of the server that shows it; a page that is a file has no server.

The server fills it; the templates only read it. It carries addresses and words, never markup.
"""

import msgspec


class Choice(msgspec.Struct, frozen=True):
    """One value of a setting that can be chosen."""

    value: str
    words: str
    chosen: bool = False


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of settings offers, and what of it is chosen."""

    profiles: tuple[Choice, ...] = ()
    standards: tuple[Choice, ...] = ()
    families: tuple[Choice, ...] = ()
    """Families of rules; chosen are those that run."""
    ignore: str = ""
    """Codes of single rules that are left out, as they were typed."""
    preview: bool = False
    outlet: str = ""
    published: str = ""
    """YYYY-MM-DD."""
    title: str = ""
    toml_url: str = "/onrecord.toml"


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
    verify_url: str | None = None
    """Where its quotations are held against a transcript."""
    draft_url: str | None = None
    """Where an edited text or other settings are posted to be checked again; the answer to a script
    is `fragments` as JSON. Null where the article can't be edited."""
    keep_url: str | None = None
    """Where the edited text is posted to take the place of the kept one."""
    restore_url: str | None = None
    """Where a dismissal is taken back (form fields `fingerprint`, `token`)."""
    unkept: bool = False
    """Whether what is shown is an edited text that nobody has kept yet."""
    settings: Form | None = None
    """The form of settings, as the article was checked with them."""
