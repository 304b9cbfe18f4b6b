"""The labels of what rules should find: they name rules there are, and places that have a length."""

from evals.rules.recall import ONCE, labels
from onrecord.rules import all_rules


def test_every_label_is_of_a_rule_and_a_place() -> None:
    codes = {rule.code for rule in all_rules()}
    made = [row for rows in labels().values() for row in rows]
    assert len(made) > 100
    for code, spans in made:
        assert code in codes
        assert spans
        assert all(0 <= start < end for start, end in spans)


def test_rules_that_speak_once_have_one_label_an_article() -> None:
    for rows in labels().values():
        for once in ONCE:
            assert sum(code == once for code, _ in rows) <= 1
