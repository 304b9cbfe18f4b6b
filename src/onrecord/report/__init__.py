"""Rendering: one file a format. Renderers decide nothing; they show what the linter found."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Text for a terminal: control, escape and direction characters shown, never sent.

    They become `\\x1b` and the like, so that an article's words can't drive a terminal.
    """
    return _CONTROL.sub(lambda m: f"\\x{ord(m.group()):02x}", text)
