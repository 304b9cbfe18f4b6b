"""Numbers in words, and what they are worth: the one place for them."""

_UNITS = "zero one two three four five six seven eight nine ten".split()
_TEENS = (
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)  # fmt: skip
SMALL = {word: n for n, word in enumerate([*_UNITS, *_TEENS])}
TENS = {
    word: 10 * n
    for n, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mln": 1e6, "bln": 1e9, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3,
    "dozen": 12.0,
}  # fmt: skip
ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        start=1,
    )
}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip


def number_words(first: str, last: str) -> str:
    """The number words from one to another, as the alternatives of a pattern: `two|three|four`.

    The words are those of `SMALL` and `TENS`, both ends are in. Raises KeyError for others.
    """
    worth = {**SMALL, **TENS}
    return "|".join(w for w, n in worth.items() if worth[first] <= n <= worth[last])
