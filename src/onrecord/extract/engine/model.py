"""The attribution model at run time: loading its files, running it over a text's windows.

Runs one window at a time on one thread, so that an article's result depends on nothing but its
text. The network learnt two guides of what a statement is, PolNeAR's wide one and ours; the
article's windows vote which one it is read by. Training, and what the weights were trained on, is
described in the card beside them.
"""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
import numpy as np

from ...errors import ModelError
from ...records import Quote, Span
from . import decode, features
from .candidates import AttributionCandidate, EngineResult
from .pointers import Floats, Pointers, Window

SCHEMA = 3
"""Version of the weights' inputs and outputs that this code can run."""
WINDOW = 160
"""Word pieces in a window: within the lengths that training saw."""
LEAST = 0.12
"""Raw confidence below which an attribution is left out: chosen on PolNeAR's development part."""
OUTPUTS = [
    "tags", "cue", "source", "who", "named", "told", "inner", "inner_cue", "inner_source", "voice",
    "guide",
]  # fmt: skip
"""What is asked of the weights, as `training.net.Words` describes it."""
HOME = files("onrecord") / "models" / "en"


class Card(msgspec.Struct, frozen=True):
    """What `card.json` says that running needs; the rest of it is for people."""

    name: str
    version: str
    schema: int
    files: dict[str, str]
    """SHA-256 of each file."""
    calibration: dict[str, Any]
    distance: tuple[float, ...]
    """What the pointer of pronouns adds to a score, by class of distance."""


class Model:
    """The model of one language, read once; may be shared by threads."""

    def __init__(self, home: Traversable = HOME) -> None:
        self.card = _read_card(home)
        weights = _read(home, "weights.onnx", self.card)
        tokenizer = _read(home, "tokenizer.json", self.card)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        )
        self._pieces = features.Wordpieces(tokenizer)
        self._distance = np.array(self.card.distance, np.float32)
        self.name, self.version = self.card.name, self.card.version

    def find(
        self, text: str, quotes: tuple[Quote, ...] = (), within: Span | None = None
    ) -> list[AttributionCandidate]:
        """The attributions of a text in order, or of a stretch of it read by itself (PolNeAR's
        guide).

        Spans are half-open ranges of code points of the whole text.
        """
        if within is None:
            return self.read(text, quotes).candidates
        words = features.find_words(text[within.start : within.end])
        found: list[AttributionCandidate] = []
        for window in self._windows(words):
            found += self._decoded(
                words, window, window.tags, window.cue, window.source, within.start
            )
        return _ordered(found)

    def read(self, text: str, quotes: tuple[Quote, ...] = ()) -> EngineResult:
        """The attributions of a whole text in order, and what was learnt of its mentions."""
        words = features.find_words(text, quotes or None)
        windows = self._windows(words)
        wide = sum(window.guide for window in windows) > 0
        found: list[AttributionCandidate] = []
        inner: list[AttributionCandidate] = []
        for window in windows:
            tags = window.tags if wide else window.told
            found += self._decoded(words, window, tags, window.cue, window.source)
            inner += self._decoded(
                words, window, window.inner, window.inner_cue, window.inner_source
            )
        pointers = Pointers(words, windows, self._distance, _ordered(inner))
        pointers.wide = wide
        return EngineResult(_ordered(found), pointers)

    def speaker_confidence(self, share: float) -> float:
        """Probability that a speaker is right, by the card's table for speakers."""
        table = self.card.calibration.get("speaker", {})
        steps, values = table.get("steps", [0.0, 1.0]), table.get("values", [0.0, 1.0])
        return round(float(np.interp(share, steps, values)), 3)

    def _windows(self, words: list[features.Word]) -> list[Window]:
        """The network's numbers, window by window."""
        pieces = [self._pieces.of(word.text) for word in words]
        windows: list[Window] = []
        for window in features.cut_windows(words, pieces, WINDOW):
            ids, marks, places = features.encode(words, pieces, window)
            said = dict(
                zip(
                    OUTPUTS,
                    self._session.run(
                        OUTPUTS,
                        {
                            "ids": np.array([ids], np.int64),
                            "marks": np.array([marks], np.int64),
                            "places": np.array(places, np.int64),
                        },
                    ),
                    strict=True,
                )
            )
            guide = said.pop("guide")
            windows.append(
                Window(window, places, len(ids), guide=float(guide[0] - guide[1]), **said)
            )
        return windows

    def _decoded(
        self,
        words: list[features.Word],
        window: Window,
        tags: Floats,
        cue: Floats,
        source: Floats,
        shift: int = 0,
    ) -> list[AttributionCandidate]:
        return [
            self._found(group, words, window.words[0], shift)
            for group in decode.decode(tags, cue, source)
            if raw(group.doubts) >= LEAST
        ]

    def _found(
        self, group: decode.Group, words: list[features.Word], first: int, shift: int
    ) -> AttributionCandidate:
        def span(part: tuple[int, int]) -> Span:
            left, right = words[first + part[0]], words[first + part[1] - 1]
            return Span(shift + left.start, shift + right.end)

        return AttributionCandidate(
            source=span(group.source) if group.source else None,
            cue=span(group.cue),
            content=tuple(span(part) for part in sorted(group.content)),
            confidence=calibrated(group.doubts, self.card.calibration),
        )


def _ordered(found: list[AttributionCandidate]) -> list[AttributionCandidate]:
    return sorted(found, key=lambda f: (f.content[0], f.cue or f.content[0]))


def raw(doubts: list[float]) -> float:
    """The network's own confidence: the product of the parts' least and mean probability."""
    return min(doubts) * (sum(doubts) / len(doubts))


def calibrated(doubts: list[float], calibration: dict[str, Any]) -> float:
    """Probability that content and source are right, of the parts' own probabilities.

    The raw confidence, put through the card's table of isotonic steps (Zadrozny and Elkan, 2002),
    with straight lines between them.
    """
    steps, values = calibration.get("steps", [0.0, 1.0]), calibration.get("values", [0.0, 1.0])
    return round(float(np.interp(raw(doubts), steps, values)), 3)


def _read(home: Traversable, name: str, card: Card) -> bytes:
    """A file of the model, held against the card's checksum."""
    try:
        raw = (home / name).read_bytes()
    except OSError as error:
        raise ModelError(name, "the model's file is missing.", "Install onrecord anew.") from error
    if hashlib.sha256(raw).hexdigest() != card.files.get(name):
        raise ModelError(
            name, "the model's file is damaged: its checksum isn't the card's.",
            "Install onrecord anew.",
        )  # fmt: skip
    return raw


def _read_card(home: Traversable) -> Card:
    try:
        card = msgspec.json.decode((home / "card.json").read_bytes(), type=Card)
    except OSError as error:
        raise ModelError(
            "card.json", "there is no model here.", "Install onrecord anew."
        ) from error
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        what = f"the model's card can't be read ({error})."
        raise ModelError("card.json", what, "Install onrecord anew.") from error
    if card.schema != SCHEMA:
        raise ModelError(
            "card.json",
            f"the model has schema {card.schema}, this onrecord runs schema {SCHEMA}.",
            "Install a model and an onrecord of the same version.",
        )
    return card


@cache
def load_model() -> Model:
    """The model in the package, read once for the whole process.

    Raises `ModelError` where its files are missing, damaged or of another schema.
    """
    return Model()


def available() -> bool:
    """Whether the package carries a model."""
    return (HOME / "card.json").is_file()
