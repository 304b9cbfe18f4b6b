"""onrecord: on whose word does every statement in a news article stand?

The public interface, loaded piece by piece so that importing it costs nothing:

    for article in onrecord.read("story.html"):
        analysis = onrecord.analyse(article)
        for finding in onrecord.lint(analysis).findings:
            print(finding.line, finding.code, finding.message)

`read` yields an `Article` or a `Problem` for each input; `analyse` finds quotations,
attributions, people and sources; `lint` applies the rules; `verify` holds quotations against the
materials that `read_materials` reads.
"""

import os
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Any

# Libraries of ours report to their makers from native code, where no guard of Python's sees it:
# onnxruntime looks up its collector and keeps a queue in ~/.cache as soon as it is imported, Ray
# sends usage figures from its head process. Both read the environment, and only before their import.
if "onnxruntime" in sys.modules and os.environ.get("ORT_DISABLE_TELEMETRY") != "1":
    warnings.warn(
        "onnxruntime was imported before onrecord, so its own telemetry is on in this process: import"
        " onrecord first, or set ORT_DISABLE_TELEMETRY=1 in the environment.",
        RuntimeWarning,
        stacklevel=2,
    )
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

__version__ = "0.1.0"

_HOMES = {
    "read": "onrecord.ingest",
    "analyse": "onrecord.extract",
    "load_model": "onrecord.extract.model",
    "lint": "onrecord.linter",
    "verify": "onrecord.verifier",
    "read_materials": "onrecord.ingest.materials",
    **dict.fromkeys(
        "Analysis Article Attribution Block Change Context Figure Finding Hit Link Lint Material"
        " Person Place Problem Quote Related Rule Settings Source Span Turn Verdict"
        " Verification".split(),
        "onrecord.records",
    ),
}  # fmt: skip

__all__ = sorted([*_HOMES, "batch", "__version__"])  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name == "batch":  # a package that can be called, for both are called so
        return import_module("onrecord.batch")
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


if TYPE_CHECKING:
    from .batch import batch as batch
    from .extract import analyse as analyse
    from .extract.engine.model import load_model as load_model
    from .ingest import read as read
    from .ingest.materials import read_materials as read_materials
    from .linter import lint as lint
    from .verifier import verify as verify
