"""onrecord: on whose word does every statement in a news article stand?

The public interface, loaded piece by piece so that importing it costs nothing:

    for article in onrecord.read("story.html"):
        analysis = onrecord.analyse(article)
        for statement in analysis.statements():
            print(statement.speaker, statement.kind, statement.text)
        for finding in onrecord.lint(analysis).findings:
            print(finding.line, finding.code, finding.message)

`read` yields an `Article` or a `Problem` for each input, `read_text` makes an `Article` of a text;
`analyse` finds quotations, attributions, people and sources; `lint` applies the rules; `verify`
holds quotations against the materials that `read_materials` reads. What ends a call is an
`OnrecordError`, whose text is meant for people.
"""

import os
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

# Libraries of ours report to their makers from native code, where no guard of Python's sees it:
# onnxruntime looks up its collector and keeps a queue in ~/.cache as soon as it is imported, Ray
# sends usage figures from its head process. Both read the environment, and only before their
# import.
if "onnxruntime" in sys.modules and os.environ.get("ORT_DISABLE_TELEMETRY") != "1":
    warnings.warn(
        "onnxruntime was imported before onrecord, so its own telemetry is on in this process:"
        " import"
        " onrecord first, or set ORT_DISABLE_TELEMETRY=1 in the environment.",
        RuntimeWarning,
        stacklevel=2,
    )
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .batch import batch
    from .errors import ConfigError, LedgerError, ModelError, OnrecordError, OutputError, RuleError
    from .extract import analyse
    from .extract.engine.model import load_model
    from .ingest import read, read_text
    from .ingest.materials import read_materials
    from .linter import lint
    from .records import (
        Analysis,
        Anchor,
        Article,
        Attribution,
        Block,
        Change,
        Comment,
        Context,
        Dismissed,
        EarlierVersion,
        Elsewhere,
        Figure,
        Finding,
        History,
        Hit,
        Link,
        Lint,
        Material,
        Model,
        OtherFigure,
        OtherPrinting,
        OtherWords,
        Person,
        Place,
        Problem,
        Quote,
        Related,
        Relay,
        Rule,
        Settings,
        Source,
        Span,
        Statement,
        Turn,
        Verdict,
        Verification,
        VersionedChange,
    )
    from .verifier import verify

__all__ = [
    "Analysis",
    "Anchor",
    "Article",
    "Attribution",
    "Block",
    "Change",
    "Comment",
    "ConfigError",
    "Context",
    "Dismissed",
    "EarlierVersion",
    "Elsewhere",
    "Figure",
    "Finding",
    "History",
    "Hit",
    "LedgerError",
    "Link",
    "Lint",
    "Material",
    "Model",
    "ModelError",
    "OnrecordError",
    "OtherFigure",
    "OtherPrinting",
    "OtherWords",
    "OutputError",
    "Person",
    "Place",
    "Problem",
    "Quote",
    "Related",
    "Relay",
    "Rule",
    "RuleError",
    "Settings",
    "Source",
    "Span",
    "Statement",
    "Turn",
    "Verdict",
    "Verification",
    "VersionedChange",
    "__version__",
    "analyse",
    "batch",
    "lint",
    "load_model",
    "read",
    "read_materials",
    "read_text",
    "verify",
]
_HOMES = {
    "analyse": "extract",
    "lint": "linter",
    "load_model": "extract.engine.model",
    "read": "ingest",
    "read_materials": "ingest.materials",
    "read_text": "ingest",
    "verify": "verifier",
}
"""Where what isn't a record or an error is defined; it is imported when it is first asked for."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    if name == "batch":  # a package that can be called, for both are called so
        return import_module("onrecord.batch")
    home = _HOMES.get(name, "errors" if name.endswith("Error") else "records")
    value = globals()[name] = getattr(import_module(f"onrecord.{home}"), name)
    return value


def __dir__() -> list[str]:
    return __all__
