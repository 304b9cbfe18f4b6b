"""Whether two figures may be one and the same, heard and written.

What the tokens leave open is tried here: "three fifty" is 350, 3:50 or 3.50, "ten to twelve" a
range or a time, "12m" millions or metres, and a sign of currency may stand where nobody said the
word. An amount that differs fits no reading.
"""

from collections.abc import Iterator, Sequence

MONEY = frozenset(("dollar", "pound", "euro", "yen", "cent", "pence"))
_UNSAID = frozenset(("to", "and", "o'clock", "point", "the", "a", "an"))


def same_amount(said: Sequence[str], quoted: Sequence[str]) -> bool:
    """Whether some reading of one is a reading of the other."""
    if said and quoted and set(said) | set(quoted) <= {"per", "a", "an"}:
        return True
    if _alike(said, quoted):
        return True
    if MONEY.intersection(said) and MONEY.intersection(quoted):
        return False
    # A currency that one side leaves out, behind an amount that stands on both.
    bare_said = [form for form in said if form not in MONEY]
    bare_quoted = [form for form in quoted if form not in MONEY]
    if (bare_said, bare_quoted) == (list(said), list(quoted)):
        return False
    return bare_said == bare_quoted or _alike(bare_said, bare_quoted)


def _alike(said: Sequence[str], quoted: Sequence[str]) -> bool:
    if (set(_readings(said)) & set(_readings(quoted))) - {""}:
        return True
    return bool(
        set(_spelled_out(said)) & set(_written(quoted))
        or set(_spelled_out(quoted)) & set(_written(said))
    )


def _readings(forms: Sequence[str]) -> Iterator[str]:
    yield " ".join(forms)
    kept = [form for form in forms if form not in _UNSAID]
    yield " ".join(kept)
    if len(forms) == 3 and forms[1] == "to" and forms[0] in ("5", "10", "15", "20", "25"):
        if forms[2].isdecimal() and 1 <= int(forms[2]) <= 12:
            yield f"{(int(forms[2]) - 1) or 12} {60 - int(forms[0])}"
    if len(kept) == 1:
        yield from _one(kept[0])
    if kept == ["1", "3rd"]:
        yield "1/3"


def _one(form: str) -> Iterator[str]:
    """Readings of a single form."""
    if form.isdecimal() and len(form) > 6 and form.endswith("000000"):
        yield f"{form[:-6]} meter"
    if form.startswith("20") and form.endswith("0s") and len(form) == 5:
        yield form[2:]  # a decade without its century
    if form == "3rd":
        yield "1/3"


def _spelled_out(forms: Sequence[str]) -> Iterator[str]:
    """The digits of a figure that was said in pieces: three fifty, nine nine nine, ten sixty
    six."""
    kept = [{"oh": "0", "o": "0"}.get(f, f) for f in forms if f not in _UNSAID]
    if len(kept) < 2 or not all(form.isdecimal() for form in kept):
        return
    if len(kept) == 2 and len(kept[1]) < 2 and not (len(kept[0]) == 2 and kept[0][1] == "0"):
        return
    yield "".join(kept)


def _written(forms: Sequence[str]) -> Iterator[str]:
    """The digits of a figure that stands as one: 350, 3.50, 999."""
    kept = [form for form in forms if form not in _UNSAID]
    if len(kept) != 1:
        return
    whole, point, part = kept[0].partition(".")
    if not whole.isdecimal() or (point and not part.isdecimal()):
        return
    if not point and len(whole) > 2:
        yield whole
    elif point and len(part) <= 2:
        yield whole + part.ljust(2, "0")
