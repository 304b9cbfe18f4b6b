"""From an article to its analysis: quotations, attributions, people, sources, figures.

Plain composition of the stages, each of which stands in its own module.
"""

from typing import Literal

from ..records import Analysis, Article, Model
from .attributions.assemble import build
from .attributions.confidence_filter import filter_unsure
from .attributions.structural_speakers import add_structural_speakers
from .engine import model
from .engine.candidates import AttributionEngine
from .figures.figures import find_figures
from .people.coreference import Resolver
from .people.mentions import find_people
from .segment.quotes import find_quotes
from .segment.sentences import find_sentences
from .segment.turns import find_turns
from .sources.linker import find_sources

Engine = Literal["model", "baseline"]

__all__ = ["Engine", "analyse"]


def analyse(article: Article, *, engine: Engine | None = None) -> Analysis:
    """Find who says what in an article, and what every statement rests on.

    `engine` is the trained model where the package carries one, unless `baseline` is asked for.
    Raises `ModelError` if the model's files are missing or damaged.
    """
    finder = _finder(engine)
    text, blocks = article.text, article.blocks
    quotes = find_quotes(text, blocks)
    result = finder.read(text, quotes)
    pointers = result.pointers
    sentences = find_sentences(text, blocks)
    found = filter_unsure(text, build(text, blocks, quotes, finder, result), blocks)
    people = find_people(article, found, pointers)
    said = add_structural_speakers(article, find_turns(text, blocks), found, people, quotes)
    resolver = Resolver(article, people, sentences, quotes, pointers)
    attributions, sources = find_sources(
        article,
        said.attributions,
        people,
        resolver,
        sentences,
        reporter=said.reporter,
        calibrated=getattr(finder, "speaker_confidence", float),
    )
    return Analysis(
        article=article,
        sentences=sentences,
        quotes=quotes,
        people=people,
        attributions=attributions,
        sources=sources,
        figures=find_figures(article, sentences, people),
        model=Model(name=finder.name, version=finder.version),
    )


def _finder(engine: Engine | None) -> AttributionEngine:
    if engine == "baseline" or (engine is None and not model.available()):
        from .engine.patterns import PatternEngine

        return PatternEngine()
    return model.load_model()
