"""Errors for people: what went wrong, where, and what to do about it.

Only for faults that end a call. Whatever spoils one input among many is a
`records.Problem`, which is passed on beside the results.
"""


class OnrecordError(Exception):
    """A fault that ends a call; its text is meant to be read by the user.

    `where` is a file, option or place; `what` says what was found; `remedy` what to do.
    """

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        self.where, self.what, self.remedy = where, what, remedy
        super().__init__(f"{where}: {what}" + (f" {remedy}" if remedy else ""))


class ConfigError(OnrecordError):
    """The configuration or the command line asks for something that does not exist."""


class RuleError(OnrecordError):
    """A rule is declared wrongly; found when it is imported."""


class ModelError(OnrecordError):
    """The model's files are missing, damaged, or of another schema."""


class OutputError(OnrecordError):
    """The result can't be written where it was asked for."""


class LedgerError(OnrecordError):
    """The ledger can't be opened, read or written: no ledger, locked, full, read-only, newer."""
