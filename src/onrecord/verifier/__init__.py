"""Quotations held against what was said: transcripts, notes, releases, earlier articles.

`verify` looks for every quotation of an article in the materials and says what it finds: the same
words, an honest trimming, changed words, pieces of several answers, another speaker, or nothing.
The words decide, and what was cut out of their sentence; whoever reads the verdict sees both
places.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import msgspec

from ..extract import analyse
from ..records import Analysis, Article, Material, Verification
from .index import Index
from .judge import FAULTS, Judge
from .quotations import find_quotations
from .words import TOLERANCES, Tolerance

__all__ = ["FAULTS", "TOLERANCES", "TRANSCRIPTS", "Tolerance", "Transcript", "verify"]

Transcript = Literal["auto", "asr", "human"]
TRANSCRIPTS: tuple[Transcript, ...] = get_args(Transcript)


def verify(
    article: Article | Analysis,
    materials: Sequence[Material],
    *,
    tolerate: Iterable[Tolerance] = TOLERANCES,
    transcript: Transcript = "auto",
    index: Index | None = None,
) -> Verification:
    """Look for every quotation of an article in the materials.

    `tolerate` names the differences that are shown but not held against a quotation; `transcript`
    says whether the materials were written down by a machine (`asr`) or by people (`human`), which
    else their format tells. An `index` of the same materials, made with the same tolerances, saves
    making it again. Spans in `Verdict` are code points of the article, those in `Place` of the
    material. Takes time linear in the materials (but for a sort) and in the quotations. Raises
    `ValueError` for an unknown tolerance, `ModelError` where an article must be analysed and the
    model's files are damaged.
    """
    allowed = frozenset(tolerate)
    if unknown := allowed.difference(TOLERANCES):
        raise ValueError(f"no tolerance is called {sorted(unknown)[0]!r}: {', '.join(TOLERANCES)}")
    if transcript not in TRANSCRIPTS:
        raise ValueError(f"no transcript is called {transcript!r}: {', '.join(TRANSCRIPTS)}")
    analysis = analyse(article) if isinstance(article, Article) else article
    if index is None:
        index = Index(materials, allowed)
    if transcript != "auto":
        machine = transcript == "asr"
        index.materials = [msgspec.structs.replace(m, recognised=machine) for m in index.materials]
    judge = Judge(analysis, index, allowed, certain=transcript == "asr")
    return Verification(
        analysis=analysis,
        verdicts=tuple(judge.judge(find_quotations(analysis, allowed))),
        materials=tuple(m.name for m in materials),
    )
