"""Offsets in the units of those who read them: code points, or UTF-16 units as JavaScript counts.

Records hold code points; what goes to another program may be counted anew, record by record. Which
units are wanted is for whoever asks to say.
"""

import re
from bisect import bisect_left
from typing import Any, Literal, TypeVar

import msgspec

from ..records import Anchor, Article, Comment, Span

UnitName = Literal["code points", "utf-16"]
Record = TypeVar("Record")
_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Units:
    """Offsets of one text in a unit: `code points` (as they are) or `utf-16`."""

    def __init__(self, text: str, name: UnitName = "utf-16") -> None:
        self.name: UnitName = name
        self._wide = [m.start() for m in _WIDE.finditer(text)] if name == "utf-16" else []

    def offset(self, offset: int) -> int:
        """An offset in code points, in these units."""
        return offset + bisect_left(self._wide, offset)

    def span(self, span: Span) -> Span:
        """A half-open span of code points, in these units."""
        return Span(self.offset(span.start), self.offset(span.end))

    def record(self, value: Record) -> Record:
        """A record with every span and offset in it in these units; nothing else is changed.

        For records about one text (an `Article`, an `Analysis`); takes time linear in their size.
        """
        made: Record = self._counted(value) if self._wide else value
        return made

    def _counted(self, value: Any) -> Any:
        if isinstance(value, Span):
            return self.span(value)
        if isinstance(value, tuple):
            return tuple(map(self._counted, value))
        if isinstance(value, Anchor):
            return msgspec.structs.replace(value, offset=self.offset(value.offset))
        if isinstance(value, Comment):
            before = None if value.before is None else self.offset(value.before)
            return msgspec.structs.replace(value, before=before)
        if not isinstance(value, msgspec.Struct):
            return value
        fields = {name: self._counted(getattr(value, name)) for name in value.__struct_fields__}
        if isinstance(value, Article):
            fields["wraps"] = tuple(map(self.offset, value.wraps))
        return msgspec.structs.replace(value, **fields)
