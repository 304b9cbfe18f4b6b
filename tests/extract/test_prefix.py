"""Later text doesn't change who spoke before: prefixes of whole articles, cut after a paragraph."""

import random
from collections import Counter

import pytest

from evals.prefix import changes
from tests.golden import expect

NOT_YET = frozenset({"letters", "match_report", "transcript"})
"""Where one speaker still changes; the test fails where one of these has become right."""


@pytest.mark.parametrize("folder", expect.FOLDERS)
def test_later_text_leaves_speakers_alone(folder: str) -> None:
    found = Counter(changes(expect.expected(folder).article.text, random.Random(folder)))
    assert bool(found["changed"]) == (folder in NOT_YET), found
    assert not found["pronoun of somebody named later"], found
