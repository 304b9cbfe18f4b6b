"""Ordinary sentences that state one thing, in the forms that news uses, for planting
contradictions.

Real articles seldom state an age, a list or a percentage twice. So two of these sentences, about
people whom an article names, are put into it: while they agree all must be silent, and when one of
them says something else that must be found. They were written before anybody looked at what the
rules accept, and share nothing with the rules. Which article they go into, and where, is
`planted`'s business.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen"
    " seventeen eighteen nineteen twenty"
).split()


@dataclass(frozen=True)
class Pair:
    """A statement, the same said again, and said again otherwise; `first` may be empty."""

    first: str
    again: str
    otherwise: str
    form: str
    """The templates that it is made of, to tell which are found."""


@dataclass(frozen=True)
class Scene:
    """What an article offers: people named in full, with surnames of their own, and its day."""

    people: Sequence[str]
    published: date
    dice: random.Random


AGES = (
    "{x}, {n}, lives in Denver.",
    "The {n}-year-old {x} keeps a small farm.",
    "{x}, who turned {n} in May, keeps a small farm.",
    "{x}, aged {n}, was not in the room.",
    "{x} is {n}.",
    "{x}, a {n}-year-old native of Ohio, grew up on a farm.",
    "{x} is {n} years old.",
    "At {n}, {x} is among the oldest in the room.",
    "{x} ({n}) did not attend.",
    "{x}, now {n}, keeps a small farm.",
    "{x}, who is {n}, has two dogs.",
    "{n}-year-old {x} keeps a small farm.",
    "{l}, {n}, has two dogs.",
    "{x}, age {n}, has two dogs.",
)
BORN = (
    "{x} was born in {y} in Ohio.",
    "{x}, born in {y}, grew up on a farm.",
    "{x} was born on May 3, {y}, on a farm.",
)
COUNTS = (
    (
        "The council has {n} members.",
        "All {n} members of the council were told on Friday.",
        "The {n}-member council meets on Mondays.",
        "Two of the council's {n} members live out of town.",
        "The council, which has {n} members, meets on Mondays.",
        "Two of the {n} council members live out of town.",
        "The council is made up of {n} members.",
    ),
    (
        "The fire killed {n} people.",
        "{N} people were killed in the fire.",
        "{N} people died in the fire.",
        "The fire, which killed {n} people, began in a kitchen.",
        "The {n} people killed in the fire were named on Friday.",
    ),
    (
        "The company employs {n} people.",
        "The company has {n} employees.",
        "The company's {n} employees were told on Friday.",
        "Two of the company's {n} employees live out of town.",
    ),
    (
        "{N} passengers were hurt in the crash.",
        "The crash hurt {n} passengers.",
        "The {n} passengers hurt in the crash were taken to a hospital.",
        "All {n} passengers hurt in the crash have gone home.",
    ),
    (
        "The county has {n} schools.",
        "The county's {n} schools will open on Monday.",
        "All {n} schools in the county will open on Monday.",
        "There are {n} schools in the county.",
    ),
    (
        "The panel has a dozen members.",
        "The panel's {n} members meet on Mondays.",
        "The {n}-member panel meets on Mondays.",
        "There are {n} members on the panel.",
    ),
)
LISTS = (
    "{N} people spoke at the meeting: {list}.",
    "The panel has {n} members – {list}.",
    "The {n} speakers, {list}, met on Monday.",
    "{list} are the {n} candidates.",
    "{list}, the {n} winners, met on Monday.",
    "{N} people – {list} – spoke at the meeting.",
    "{N} people ({list}) spoke at the meeting.",
    "The {n} winners are {list}.",
    "The {n} winners were {list}.",
    "The law has {n} aims: {aims}.",
    "The {n} cities on the list are {cities}.",
    "{x} has {n} children: {children}.",
    "{x} has {n} children, {children}.",
    "{N} of them, {list}, were there.",
)
CHANGES = (
    "The fare rose {p} percent, from ${a} to ${b}.",
    "The number of pupils rose from {a} to {b}, an increase of {p} percent.",
    "The number of pupils rose by {p}% from {a} to {b}.",
    "The number of pupils climbed to {b} from {a}, a {p} percent increase.",
    "The board reported a {p} percent rise in pupils, to {b} from {a}.",
    "The fee went up from ${a} to ${b} last year, or {p} percent.",
    "The fee was raised from ${a} to ${b}, a {p}-percent increase.",
    "The fee jumped {p} per cent to ${b} from ${a}.",
)
FALLS = (
    "The number of pupils fell {p} percent, to {b} from {a}.",
    "The fee was cut from ${a} to ${b}, a drop of {p}%.",
    "The number of pupils dropped from {a} to {b}, down {p} percent.",
)
SHARES = (
    "{a} of the {b} members, or {p} percent, voted for it.",
    "In all, {a} of {b} members ({p}%) voted for it.",
    "In all, {p} percent of the members, or {a} of {b}, voted for it.",
    "Of the {b} members, {a} – {p} percent – voted for it.",
    "{a} out of {b} members voted for it, {p} percent of the total.",
    "The plan won {a} of {b} votes, {p}%.",
    "Only {a} of the council's {b} members, or {p} percent, voted for it.",
    "In all, {a} of the {b} members voted for it. That is {p} percent.",
)
POINTS = (
    "Support rose from {a} percent to {b} percent, a gain of {d} percentage points.",
    "Support rose {d} points, from {a} percent to {b} percent.",
)
SINCE = (
    "{x} married in {a}. The {n}-year marriage ended this spring.",
    "{x} has led the board for {n} years, since {a}.",
    "{x} has led the board since {a}. In those {n} years it has grown.",
    "The company was founded in {a}, {n} years ago.",
    "The company, founded {n} years ago, in {a}, has grown.",
    "The {n}-year-old company was founded in {a}.",
)
BETWEEN = (
    "{x} was mayor from {a} to {b}, a {n}-year term.",
    "{x} led the board for {n} years, from {a} to {b}.",
    "{x} married in {a} and divorced in {b} after {n} years.",
    "The war began in {a} and ended in {b}. It lasted {n} years.",
    "The {n}-year war began in {a} and ended in {b}.",
    "From {a} to {b}, {x} ran the shop. In those {n} years it grew.",
    "{x} spent {n} years in the army ({a}-{b}).",
    "{x} joined the board in {a} and left in {b}, after {n} years.",
    "{x} ran the shop between {a} and {b}, {n} years in all.",
)
WEEKDAYS = (
    "The board first met on {W}, {M} {d}, {Y}.",
    "The board first met on {W}, {d} {M} {Y}.",
    "The board first met on {M} {d}, a {W}.",
    "The board first met on {M} {d}, {Y}, a {W}.",
    "The board first met on {W} ({M} {d}).",
    "The board first met on {W} the {d}{th} of {M}.",
    "The board first met on {W}, {m} {d}.",
    "The board first met on {W} {M} {d}.",
    "The board first met on {M} {d}, which was a {W}.",
    "{M} {d} was a {W}.",
)
REASONS = (
    "{A}[, who asked not to be named because {why},] said the plan would fail.",
    "{A} said[ on condition of anonymity, because {why},] that the plan would fail.",
    "The plan would fail, said {a}[ who spoke on condition of anonymity because {why}].",
    "{A} told the paper that the plan would fail.[ The source declined to be named because {why}.]",
    "“The plan will fail,” said {a}[, who requested anonymity because {why}].",
    "{A}[, speaking on the condition of anonymity because {why},] said the plan would fail.",
    "According to {a}[, who was granted anonymity because {why}], the plan would fail.",
    "“The plan will fail,” {a} said[, asking not to be identified because {why}].",
)
"""With the reason, and without what stands in brackets."""
UNNAMED = (
    "a source close to the talks",
    "a source with knowledge of the report",
    "an insider who has seen the plan",
    "a source familiar with the report",
)
WHYS = (
    "the talks are private",
    "the source was not authorized to speak",
    "the report has not been published",
)


SPEAKERS = (
    "“{q},” {x} said.",
    "“{q},” said {x}.",
    "{x} said: “{q}.”",
    "“{q},” {x} told the board.",
    "“{q},” {x} wrote in a letter.",
    "According to {x}, “{q}.”",
    "“{q},” said {x}, who lives near the bridge.",
    "“{q},” {x}, who lives near the bridge, said.",
)
QUOTATIONS = (
    "We were told nothing about any of this until the barriers came down",
    "I have lived here for years and nobody has ever asked us what we want",
    "It is a disgrace that the children have to walk all the way round",
)
QUIET = (
    "The bridge was shut at noon. The traffic went round by the old road.",
    "The road is gravel for most of its length. It was closed twice in the winter.",
    "Rain had fallen for days. The river was high, and the banks were soft.",
)
"""Paragraphs in which nobody is named and nobody speaks, for both sides of a quotation."""


def in_words(number: int) -> str:
    """A number as most papers write it: in words up to nine, in digits from ten."""
    return NUMBERS[number] if number < 10 else str(number)


def joined(items: Sequence[str], dice: random.Random) -> str:
    """Items as a list, with the last comma or without."""
    comma = "," if len(items) > 2 and dice.random() < 0.5 else ""
    return f"{', '.join(items[:-1])}{comma} and {items[-1]}"


def age(scene: Scene, turn: int) -> Pair:
    """One person's age, said twice, or said once beside the year of birth."""
    dice, x = scene.dice, scene.people[0]
    n = dice.randint(28, 79)
    wrong = n + dice.choice((-7, -4, 4, 7))
    again = AGES[turn % len(AGES)]
    firsts = AGES + BORN
    first = firsts[(turn * 5 + 3 + turn // len(firsts)) % len(firsts)]
    if first == again:
        first = firsts[(firsts.index(first) + 1) % len(firsts)]
    late = scene.published.month >= 5
    fill = {"x": x, "l": x.split()[-1], "y": scene.published.year - n - (0 if late else 1)}
    return Pair(
        first.format(n=n, **fill), again.format(n=n, **fill), again.format(n=wrong, **fill),
        f"{first} | {again}",
    )  # fmt: skip


def count(scene: Scene, turn: int) -> Pair:
    """One thing counted twice."""
    group = COUNTS[turn % len(COUNTS)]
    first, again = scene.dice.sample(group, 2)
    if "a dozen" in again:
        first, again = again, first
    n = 12 if "a dozen" in first else scene.dice.randint(4, 40)
    wrong = n + scene.dice.choice((2, 3, 5))

    def said(form: str, number: int) -> str:
        word = in_words(number)
        return form.format(n=word, N=word.capitalize())

    return Pair(said(first, n), said(again, n), said(again, wrong), f"{first} | {again}")


def listed(scene: Scene, turn: int) -> Pair:
    """A number and the list that it counts; then another number, or one of the list left out."""
    form, dice = LISTS[turn % len(LISTS)], scene.dice
    n = dice.randint(3, 5)
    pools = {
        "list": scene.people[1 : n + 1],
        "aims": [
            "lower taxes",
            "better schools",
            "safer streets",
            "cleaner water",
            "longer leases",
        ],
        "cities": ["Denver", "Austin", "Boise", "Tulsa", "Omaha"],
        "children": ["Tilda, 12", "Bram, nine", "Juno, seven", "Ida, four", "Otto, two"],
    }
    n = min(n, len(pools["list"]))

    def said(number: int, items: int) -> str:
        state = dice.getstate()
        fill = {k: joined(list(v)[:items], dice) for k, v in pools.items()}
        dice.setstate(state)
        word = in_words(number)
        return form.format(n=word, N=word.capitalize(), x=scene.people[0], **fill)

    less = turn % 2 and n > 2
    return Pair("", said(n, n), said(n, n - 1) if less else said(n + 1, n), form)


def percentage(scene: Scene, turn: int) -> Pair:
    """A percentage beside the numbers that give it."""
    forms = CHANGES + FALLS + SHARES + POINTS
    form, dice = forms[turn % len(forms)], scene.dice
    if form in CHANGES:
        a, b, p = dice.choice(
            [
                (40, 50, 25),
                (200, 250, 25),
                (400, 500, 25),
                (60, 90, 50),
                (300, 330, 10),
                (250, 300, 20),
            ]
        )
    elif form in FALLS:
        a, b, p = dice.choice(
            [(50, 40, 20), (100, 75, 25), (80, 60, 25), (500, 450, 10), (900, 630, 30)]
        )
    elif form in SHARES:
        a, b, p = dice.choice(
            [(12, 48, 25), (9, 30, 30), (30, 120, 25), (18, 90, 20), (21, 60, 35)]
        )
    else:
        a, b, p = dice.choice([(40, 52, 30), (30, 39, 30), (44, 55, 25)])
    wrong = p + dice.choice((8, 12, 15))
    fill = {"a": a, "b": b}
    gap = abs(b - a)
    return Pair(
        "", form.format(p=p, d=gap, **fill), form.format(p=wrong, d=gap + 7, **fill), form
    )  # fmt: skip


def duration(scene: Scene, turn: int) -> Pair:
    """A length of time beside the years that give it."""
    forms = SINCE + BETWEEN
    form, dice, year = forms[turn % len(forms)], scene.dice, scene.published.year
    n = dice.randint(5, 19)
    end = year if form in SINCE else year - dice.randint(2, 12)
    fill = {"x": scene.people[0], "a": end - n, "b": end}
    wrong = n + dice.choice((3, 5, 8))
    return Pair(
        "", form.format(n=in_words(n), **fill), form.format(n=in_words(wrong), **fill), form
    )


def weekday(scene: Scene, turn: int) -> Pair:
    """A day of the calendar with its weekday, within four months of the day of publication."""
    form = WEEKDAYS[turn % len(WEEKDAYS)]
    day = scene.published - timedelta(days=scene.dice.randint(10, 120))
    later = day + timedelta(days=scene.dice.randint(1, 5))
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day if day.day < 4 else day.day % 10, "th")
    th = "th" if day.day in (11, 12, 13) else th
    short = day.strftime("%B") if day.month in (3, 4, 5, 6, 7) else f"{day:%b}."
    fill = {"M": f"{day:%B}", "m": short, "d": day.day, "Y": day.year, "th": th}
    return Pair("", form.format(W=f"{day:%A}", **fill), form.format(W=f"{later:%A}", **fill), form)


def reason(scene: Scene, turn: int) -> Pair:
    """An unnamed source with a reason for that; then without one."""
    form, who = REASONS[turn % len(REASONS)], scene.dice.choice(UNNAMED)
    told = form.format(a=who, A=who.capitalize(), why=scene.dice.choice(WHYS))
    return Pair(
        "", told.replace("[", "").replace("]", ""), re.sub(r"\[[^]]*\]", "", told), form
    )  # fmt: skip


def speaker(scene: Scene, turn: int) -> Pair:
    """A quotation between paragraphs in which nobody speaks; then with nobody to say it."""
    form, dice = SPEAKERS[turn % len(SPEAKERS)], scene.dice
    said = dice.choice(QUOTATIONS)
    before, after = dice.sample(QUIET, 2)
    told = form.format(q=said, x=scene.people[0])
    whole, bare = (f"{before}\n\n{words}\n\n{after}" for words in (told, f"“{said}.”"))
    return Pair("", whole, bare, form)


MADE: dict[str, tuple[str, Callable[[Scene, int], Pair]]] = {
    "age": ("NUM401", age),
    "count": ("NUM403", count),
    "list": ("NUM402", listed),
    "percentage": ("NUM404", percentage),
    "duration": ("NUM406", duration),
    "weekday pair": ("NUM405", weekday),
    "reason": ("ANO001", reason),
    "speaker": ("SRC107", speaker),
}
"""The kinds that are put in: the rule that must speak, and how the sentences are made."""
