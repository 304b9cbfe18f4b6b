"""Dismissals: fingerprints that survive edits elsewhere, comments with a reason, house lists."""

import pytest

from onrecord.ingest import read
from onrecord.linter import lint
from onrecord.records import Analysis, Article, Lint, Settings
from onrecord.testing import parse

STORY = "[s1 anonymous withheld An insider] [c1 said] [q1 the bridge would close in May]."
ABOVE = "The works began on Monday, and it rained."


def marked(text: str) -> Lint:
    return lint(parse(text)[0])


def prints(made: Lint) -> set[tuple[str, str]]:
    return {(f.code, f.fingerprint) for f in made.findings}


def test_a_fingerprint_survives_edits_elsewhere() -> None:
    before = prints(marked(f"{ABOVE} ¶ {STORY} It was cold. ¶ The end."))
    after = prints(marked(f"It snowed. ¶ {ABOVE} Twice. ¶ {STORY} It was warm. ¶ Nothing else."))
    assert before
    assert before == after


def test_a_fingerprint_survives_a_further_mention_of_the_voice() -> None:
    more = " ¶ [s2 anonymous withheld of=1 The insider] [c2 added] [q2 that it was late]."
    code = {p for p in prints(marked(STORY)) if p[0] == "ANO001"}
    assert code
    assert code <= prints(marked(STORY + more))


def test_the_same_words_in_another_sentence_are_another_finding() -> None:
    other = "[s1 anonymous withheld An insider] [c1 said] [q1 the mayor would go in May]."
    assert not prints(marked(STORY)) & prints(marked(other))


def commented(comment: str, kind: str = "markdown") -> tuple[Article, Lint]:
    """A story with a comment above its second paragraph, and what the linter makes of it."""
    first, second = (
        "It rained on the bridge all day on Monday, and all night.",
        "An insider said the bridge would close in May.",
    )
    if kind == "markdown":
        source = f"# Bridge\n\n{first}\n\n<!-- {comment} -->\n\n{second}\n"
    else:
        source = (
            f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{first}</p>"
            f"<!-- {comment} --><p>{second}</p></article></body></html>"
        )
    (article,) = read(source.encode(), kind=kind)  # type: ignore[arg-type]
    assert isinstance(article, Article)
    analysis = parse(STORY)[0]
    start = article.text.index("An insider")
    shift = start - analysis.sources[0].mentions[0].start
    return article, lint(_moved(analysis, article, shift))


def _moved(analysis: Analysis, article: Article, shift: int) -> Analysis:
    from msgspec.structs import replace

    from onrecord.extract.segment.sentences import find_sentences
    from onrecord.records import Span

    source = analysis.sources[0]
    mentions = tuple(Span(m.start + shift, m.end + shift) for m in source.mentions)
    at = analysis.attributions[0]
    end = len(article.text)
    at = replace(
        at,
        source=mentions[0],
        cue=Span(mentions[0].end + 1, mentions[0].end + 5),
        content=(Span(article.text.index("the bridge would"), end - 1),),
    )
    return replace(
        analysis, article=article, sources=(replace(source, mentions=mentions),), quotes=(),
        attributions=(at,), people=(), sentences=find_sentences(article.text, article.blocks),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_a_comment_with_a_reason_dismisses(kind: str) -> None:
    article, made = commented("onrecord: ignore ANO the desk knows who it is", kind)
    assert "onrecord" not in article.text
    assert "⁅" not in article.text
    assert not any(f.code.startswith("ANO") for f in made.findings)
    assert {f.code for f in made.dismissed} >= {"ANO001"}
    assert {f.dismissed.reason for f in made.dismissed if f.dismissed} == {
        "the desk knows who it is"
    }
    assert made.failed == ()


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("onrecord: ignore ANO001", "gives no reason"),
        ("onrecord: ignore QUO202 it is a title", "dismisses nothing"),
        ("onrecord: ignore ANO999 because", "which no rule has"),
        ("onrecord: hush", "is not understood"),
    ],
)
@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_a_comment_that_does_nothing_is_said(comment: str, words: str, kind: str) -> None:
    _, made = commented(comment, kind)
    assert "ANO001" in {f.code for f in made.findings}
    assert made.dismissed == ()
    (problem,) = made.failed
    assert words in problem.what
    assert problem.remedy
    assert not problem.fatal


def test_other_comments_are_nobody_s_business() -> None:
    article, made = commented("a word to the designer")
    assert article.comments == ()
    assert made.failed == ()


def test_a_comment_below_the_last_paragraph_is_unused() -> None:
    source = "# Bridge\n\nIt rained.\n\n<!-- onrecord: ignore ANO001 a reason -->\n"
    (article,) = read(source.encode(), kind="markdown")
    assert isinstance(article, Article)
    assert [c.before for c in article.comments] == [None]


def test_brackets_of_a_page_stay_its_own() -> None:
    page = (
        "<html><body><article><p>The ⁅1⁆ bracket stays, said the printer of the town's only"
        " paper.</p></article></body></html>"
    )
    (article,) = read(page.encode(), kind="html")
    assert isinstance(article, Article)
    assert "⁅1⁆" in article.text


def test_a_description_the_house_accepts() -> None:
    text = (
        "[s1 anonymous withheld An official at the Harbour Board] [c1 said]"
        " [q1 the bridge would close in May]."
    )
    analysis = parse(text)[0]
    assert any(f.code == "ANO001" for f in lint(analysis).findings)
    house = Settings(accepted=("official at the  harbour board",))
    assert not any(f.code.startswith("ANO") for f in lint(analysis, house).findings)


def test_words_the_house_holds_loaded() -> None:
    analysis = parse("The plummy mayor came.")[0]
    house = Settings(select=("LAN901",), loaded=("plummy",))
    assert [f.code for f in lint(analysis, house).findings] == ["LAN901"]
    assert not lint(analysis, Settings(select=("LAN901",))).findings
