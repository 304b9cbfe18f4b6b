"""Which language an article is in. onrecord judges English only, and says so of others."""

import re
from functools import cache
from typing import Any

from ..language.en.lexicon import lexicon
from ..records import Problem

_ENGLISH = lexicon("function_words", "english")
_SOME = 4000
"""Characters that are looked at."""
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "xh": "Xhosa",
    "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


def language_of(text: str) -> str | None:
    """ISO 639-1 code of a text's language, or None where it is too short to tell.

    English is told by its commonest words, which needs no library; only a text that fails this is
    given to the language identifier.
    """
    words = re.findall(r"[^\W\d_]+", text[:_SOME].lower())
    if len(words) < 12 and not (len(words) == 1 and len(text) > 200):
        return None
    if sum(word in _ENGLISH for word in words) > 0.2 * len(words):
        return "en"
    if len(words) < 25 and len("".join(words)) < 100:
        return None
    code, certainty = _identifier().classify(text[:_SOME])
    return str(code) if certainty > 0.9 else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def foreign(name: str, code: str) -> Problem:
    """What to say of an article that isn't in English."""
    return Problem(
        where=name,
        what=f"not judged: it seems to be in another language than English"
        f" ({_NAMES.get(code, code)}).",
        remedy="onrecord reads English only; if this is English, say so with --language en.",
        fatal=False,
    )
