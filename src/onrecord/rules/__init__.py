"""The rules: what one is, how a file declares one, how they are found and chosen.

A rule is one file in a family's folder. Its docstring is its page; the function under `@rule` reads
a `Context` and yields hits. A rule never sees a model.
"""

import difflib
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Any

from ..config import expect
from ..config import standards as known_standards
from ..errors import ConfigError, RuleError
from ..records import Context, Hit, Rule, Scope, Settings, Severity, Status

Check = Callable[[Context], Iterable[Hit]]
MOST = 1_000_000_000
"""The largest whole number that an option may be: more than any article has of anything."""
_OPTION_TYPES = {int: "a whole number", list: "a list of words"}

__all__ = ["all_rules", "option", "page", "rule", "select"]


def rule(
    *,
    code: str,
    name: str,
    message: str,
    severity: Severity,
    scope: Scope,
    status: Status = "stable",
    since: str = "0.1",
    standards: tuple[str, ...] = (),
    house_accepted: bool = False,
    options: dict[str, Any] | None = None,
) -> Callable[[Check], Rule]:
    """Declare the rule that a function checks; the module's docstring becomes its page.

    `message` is filled with a hit's values by `str.format`. `scope` says where hits count: in the
    reporter's own words, in what is attributed to others, or everywhere. `options` are defaults by
    name, whole numbers or lists of words; `option` gives what the user set instead. Raises
    `RuleError`, which names the module, for a standard that `data/standards.json` doesn't have and
    for an option of another type.
    """

    def declare(check: Check) -> Rule:
        module = importlib.import_module(check.__module__)
        for key in standards:
            if key not in known_standards():
                allowed = ", ".join(known_standards())
                raise RuleError(module.__name__, f"no standard {key!r}.", f"There are: {allowed}.")
        for key, default in (options or {}).items():
            if type(default) not in _OPTION_TYPES:
                raise RuleError(
                    module.__name__,
                    f"the option {key!r} is {default!r}.",
                    "A whole number or a list of words.",
                )
        return Rule(
            code=code,
            name=name,
            message=message,
            severity=severity,
            status=status,
            since=since,
            standards=standards,
            scope=scope,
            house_accepted=house_accepted,
            options=options or {},
            check=check,
            page=(module.__doc__ or "").strip(),
        )

    return declare


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule in the package, in the order of codes."""
    found = []
    for _, module, is_package in pkgutil.walk_packages(__path__, f"{__name__}."):
        if not is_package:
            members = vars(importlib.import_module(module)).values()
            found += [member for member in members if isinstance(member, Rule)]
    found.sort(key=lambda r: r.code)
    for one, two in pairwise(found):
        if one.code == two.code:
            where = " and ".join(r.check.__module__ for r in (one, two))
            raise RuleError(where, f"both are {one.code}.", "A code belongs to one rule for good.")
    return tuple(found)


def option(context: Context, rule: Rule, name: str) -> Any:
    """What the settings give for a rule's option, else the default that the rule declares."""
    return context.settings.options.get(rule.code, {}).get(name, rule.options[name])


def select(rules: Iterable[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that settings ask for; of select and ignore, the longer prefix wins.

    Without a selection, the stable rules run, and preview rules with `preview`. A preview rule that
    is selected by its whole code runs too. With standards, only the rules of these bodies run.
    Raises `ConfigError` for a code, an option or a standard that does not exist.
    """
    known = tuple(rules)
    for own in (settings, *settings.outlets.values()):
        _validate(own, known)
    return tuple(rule for rule in known if _chosen(rule, settings))


def _validate(settings: Settings, known: tuple[Rule, ...]) -> None:
    for prefix in (*settings.select, *settings.ignore, *settings.extend_select):
        _expect(prefix, known)
    by_code = {rule.code: rule for rule in known}
    for code in (*settings.severity, *settings.options):
        if code not in by_code:
            _expect(code, known)
            raise ConfigError(code, "this is a family, not a rule.", "Name its rules one by one.")
    for code, options in settings.options.items():
        for key in options:
            if key not in by_code[code].options:
                allowed = ", ".join(by_code[code].options)
                remedy = f"Allowed: {allowed}." if allowed else "It has none."
                raise ConfigError(key, f"{code} has no such option.", remedy)
            _check_type(code, key, options[key], by_code[code].options[key])
    for key in settings.standard:
        expect(key, key, known_standards(), "standard")


def _check_type(code: str, key: str, value: Any, default: Any) -> None:
    """Raise `ConfigError` where a setting is of another type than the option's default."""
    fits = type(value) is type(default)
    if isinstance(default, list):
        fits = isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
    if fits and isinstance(value, int) and abs(value) > MOST:
        what = f"{code}'s option is at most {MOST:,}, up or down."
        raise ConfigError(key, what, f"As {default!r}.")
    if not fits:
        takes = _OPTION_TYPES[type(default)]
        raise ConfigError(key, f"{code}'s option takes {takes}, not {value!r}.", f"As {default!r}.")


def _chosen(rule: Rule, settings: Settings) -> bool:
    wanted = _longest(rule.code, (*settings.select, *settings.extend_select))
    if settings.select and not wanted:
        return False
    if settings.standard and not set(settings.standard) & set(rule.standards):
        return False
    if len(_longest(rule.code, settings.ignore)) > len(wanted) or (
        settings.ignore and _longest(rule.code, settings.ignore) and not wanted
    ):
        return False
    return rule.status == "stable" or settings.preview or wanted == rule.code


def _longest(code: str, prefixes: Iterable[str]) -> str:
    upper = map(str.upper, prefixes)
    return max((p for p in upper if code.startswith(p) or p == "ALL"), key=len, default="")


def _expect(prefix: str, rules: tuple[Rule, ...]) -> None:
    codes = [rule.code for rule in rules]
    families = sorted({re.sub(r"\d+$", "", code) for code in codes})
    if prefix.upper() in ("ALL", *families, *codes):
        return
    wanted = prefix.upper()
    like = {k: difflib.SequenceMatcher(None, wanted, k).ratio() for k in (*families, *codes)}
    near = [k for k in sorted(like, key=lambda k: (-like[k], k)) if like[k] > 0.5][:2]
    hint = f"Did you mean {' or '.join(near)}? " if near else ""
    raise ConfigError(
        prefix,
        "this is neither a rule nor a family of rules.",
        f"{hint}Families: {', '.join(families)}; `onrecord rule` lists all.",
    )


def page(code: str) -> str:
    """The page of a rule, Markdown. Raises `ConfigError` for a code that no rule has."""
    for known in all_rules():
        if known.code == code.upper():
            return f"# {known.code} {known.name}\n\n{known.page}\n"
    _expect(code, all_rules())
    raise ConfigError(code, "this is a family, not a rule.", "`onrecord rule` lists all rules.")
