"""Short forms: which body "the fund" or "Harbour" names in this article, and a post's telling
words.

Also what "who" or "which" refers back to. Looks only at the article's own words; which voice a
mention belongs to is `sources`' to say.
"""

import re

from ...language.en.lexicon import lexicon
from ...records import Span
from ...text.normalise import fold_outlet

_BODY = re.compile(r"\b[A-Z]\w{1,40}(?: [A-Z]\w{1,40}){1,4}")
_SHORT = re.compile(r"\b(?:[A-Z]{1,3}&[A-Z]{1,3}|[A-Z]{2,6}|(?:[A-Z]\.){2,5})(?![\w.])")
_LONG = re.compile(
    r"\b[A-Z][\w’'-]{0,40}(?: (?:(?:of|for|and|&|on|in|the|de|du) ){0,2}[A-Z][\w’'-]{0,40}){1,7}"
)
_FIRM = frozenset("Co Co. Inc Inc. Ltd Ltd. Corp Corp. Company Corporation Limited plc".split())
_LINKS = frozenset("of for on in the de du".split())
"""What stands before a part of a name that is no name by itself."""
_OPENS = re.compile(r"(?:the|a|an|its|our|some|many|other|all|every|[A-Z][\w.&’'-]{0,40})\b")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|said"
    r"|says"
    r"|told|that|what|which|who|it|he|she|they|we|i|it['’]s|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"(?:[A-Z][a-z]{0,40} )?[a-z\s-]{1,40}, (?:the |its )?((?:[A-Z][\w.&’'-]{0,40}(?: (?:of|for|and"
    r"|the|on) (?=[A-Z]))? ?){2,})"
    r"(?:, .*)?"
)
STATEMENT = re.compile(
    r"^(?:an? |the )?(?:[a-z-]{1,40} )?statements? (?:(?:issued|released|sent|provided|posted"
    r"|published) )?(?:from|by) ",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:(?:the|a|an|its|their) )?((?:[\w.&’'-]{1,40} ){0,5}[\w.&’'-]{0,40}\w)['’]s? (?:own "
    r"|official |new )?(?:web ?site|web ?page|home ?page)",
    re.IGNORECASE,
)
_WEB = re.compile(r"\b[A-Z]\w{1,40}\.(?:com|co\.uk|net|org)\b")
_OUTLET = (
    r"(?:[Tt]he )?(?P<name>(?!(?:The|This|That|An?|His|Her|Their|Its|Our)\b)"
    r"[A-Z][\w.&!’'-]{0,40}(?: (?:of |and )?[A-Z][\w.&!’'-]{0,40}){0,3})"
)
_PIECE_OF = re.compile(
    rf"(?:[\w-]{{1,40}} ){{0,4}}?(?P<piece>[a-z]{{1,12}})(?: story| article)? (?:from|in|by|on|at)"
    rf" {_OUTLET}(?: (?:magazine|newspaper|website))?(?:, .*)?",
    re.DOTALL,
)
_OWN_PIECE = re.compile(
    rf"{_OUTLET}(?:['’]s?|) (?:[a-z-]{{1,20}} ){{0,3}}(?P<piece>[a-z]{{1,12}})(?: story| article)?"
)
_BEHALF = re.compile(
    r"\b(?:for|of|from|at|with)\s{1,20}(?P<the>the\s{1,20}"
    r"|an?\s{1,20})?(?P<body>[^,;]+)"
)
_TRADE = lexicon("sources", "firms")
_OPEN = _TRADE | frozenset("agency group organisation organization nonprofit charity".split())
"""Words that may mean a body whose name doesn't hold them."""
_PUBLIC = re.compile(
    r"\b(?:city|county|council|state|town|government|department|ministry|senate|house|assembly"
    r"|police|court"
    r"|commission|agency|university|college|school|hospital|party|committee|board|office"
    r"|campaign)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^(?:(?:about|nearly|almost|some|roughly|at least|more than|over) )?[\w.,-]{1,40} ?(?:%"
    r"|percent|per cent) of "
    r"(?:the )?(?:[\d,]{1,40} )?",
    re.IGNORECASE,
)
_SMALL = lexicon("function_words", "in_names")


def organisations(text: str) -> dict[str, str]:
    """Bodies' full names by their first word, where that word begins only one of them."""
    found: dict[str, set[str]] = {}
    for match in _BODY.finditer(text):
        name = match.group()
        if name.split()[-1] in lexicon("sources", "organisation_words"):
            found.setdefault(name.split()[0], set()).add(name)
    return {first: names.pop() for first, names in found.items() if len(names) == 1}


def headed_organisations(text: str) -> dict[str, str]:
    """Bodies' names by their last word in small letters ("the fund"), where it ends only one.

    The airline is Harbour Airlines too.
    """
    found: dict[str, set[str]] = {}
    for match in _BODY.finditer(text):
        name = re.sub(r"^The ", "", match.group())
        if " " in name:
            found.setdefault(name.split()[-1].lower().removesuffix("s"), set()).add(name)
    return {head: names.pop() for head, names in found.items() if len(names) == 1}


def initials(text: str) -> dict[str, str]:
    """Names in full by their initials, where the article uses both and only one name fits.

    The initials are those of all capitals, or of all but a last one or two ("CDC" leaves
    "Prevention" out).
    """
    short = {m.group().replace(".", "") for m in _SHORT.finditer(text)}
    found: dict[str, dict[int, set[str]]] = {}
    written = [re.sub(r"['’]s?$", "", m.group()) for m in _LONG.finditer(text)]
    written += [part for name in written for part in name.split(" and ") if " " in part]
    for parts in map(str.split, written):
        for n in range(len(parts) - 1):
            opens = parts[n] == "The" or (n and parts[n - 1] in _LINKS)
            if opens or not parts[n][0].isupper():
                continue
            said = [k for k in range(n, len(parts)) if parts[k][0].isupper() or parts[k] == "&"]
            for left in range(3):
                kept = said[: len(said) - left]
                letters = "".join(parts[k][0] for k in kept)
                cut = parts[kept[-1] + 1 :] if left and kept else []
                whole = not left or (cut and (cut[0] in ("and", "&") or {*cut} <= _FIRM))
                if whole and letters in short and len(letters) > 1 + (left > 0):
                    name = " ".join(parts[n:])
                    found.setdefault(letters, {}).setdefault(left, set()).add(name)
    best = {letters: names[min(names)] for letters, names in found.items()}
    return {letters: names.pop() for letters, names in best.items() if len(names) == 1}


def site_names(text: str) -> dict[str, str]:
    """Websites' names as the article writes them, by what an outlet's name is compared by."""
    return {plain_outlet(m.group()): m.group() for m in _WEB.finditer(text)}


def plain_outlet(name: str) -> str:
    """An outlet's name for comparing: "QuayOnline.com" and "Quay magazine" are "quay"."""
    return re.sub(
        r"(?<=\w\w)(?<!daily)(?<!weekly)(?<!sunday)(?:online|magazine|mag|weekly|news|newspaper)$",
        "",
        fold_outlet(name),
    )


def publisher(phrase: str) -> str | None:
    """Whose words a piece of journalism is: "Star" for "a report in Star", "Star's new report"."""
    for pattern in (_PIECE_OF, _OWN_PIECE):
        match = pattern.fullmatch(phrase)
        if match and match["piece"].lower() in lexicon("sources", "outlet_pieces"):
            return match["name"].strip()
    return None


def behalf(phrase: str, head: str) -> str | None:
    """For whom a spokesperson speaks, in the phrase's words: "the airline" in "an airline
    spokesman".

    `head` is the word for the spokesperson. None where the phrase doesn't say.
    """
    after = _BEHALF.search(phrase)
    if after:
        small = after["body"][:1].islower()
        body = re.split(r"\s{1,20}(?:who|whose|which|that)\b", after["body"])[0]
        return f"the {body}" if small and after["the"] else body
    before = re.sub(rf"\s{{0,20}}\b{head}\b.*$", "", phrase, flags=re.IGNORECASE)
    before = re.sub(r"^(?:an?|the|one|another|its|their|his|her)\b\s{0,20}", "", before, flags=re.I)
    body = re.sub(r"['’]s$", "", before).strip()
    return f"the {body}" if body in lexicon("sources", "body") else body or None


def may_mean(word: str, name: str) -> bool:
    """Whether "the airline" may be the body of a name: no council is one, and a court says so."""
    if word in _TRADE:
        return not _PUBLIC.search(name)
    return word in _OPEN or word in name.lower().split() or name.isupper()


def post_words(low: str) -> frozenset[str]:
    """A post's telling words: "the former tax commissioner of Ode" is {tax, commissioner, ode}."""
    found = (re.sub(r"['’]s?$", "", w) for w in re.findall(r"[\w.’'-]{1,40}", low))
    return frozenset(w.strip(".") for w in found) - _SMALL


def antecedent(text: str, span: Span) -> str | None:
    """The noun phrase right before "who" or "which", from its article or first capital.

    A word that looks like a verb between the two ends the phrase.
    """
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 80)
    before = text[start : span.start].rstrip(" ,")
    opening = None
    for match in _OPENS.finditer(before):
        between = before[opening : match.start()] if opening is not None else ","
        if not re.fullmatch(r"[\w.&’'\s-]{0,40}", between) or _VERB.search(between):
            opening = match.start()
    return before[opening:] if opening is not None else None


def apposed(phrase: str) -> str | None:
    """The name in "a state agency, the Quay Commission", where what goes before names nobody."""
    match = _APPOSED.fullmatch(phrase)
    return match.group(1) if match else None


def speaking(phrase: str) -> str:
    """Who speaks in "52 percent of 170 readers" or "a statement from the board", or the phrase
    itself."""
    return _SHARE.sub("", STATEMENT.sub("", phrase))


def site_of(phrase: str) -> str:
    """The body whose voice its site is: "the board" for "the board's website", or the phrase
    itself."""
    match = _SITE.fullmatch(phrase.strip())
    return f"the {match.group(1)}" if match else phrase
