"""From a checkpoint to the weights that ship: int8 ONNX, reloaded and held against the network.

On our own example articles the written graph must decide as the network does, word for word, and
the int8 weights must give 95 % of words the same role: rounding may turn what hangs in the balance.
Anything else is an error, and no weights are written.

    python -m training.export CHECKPOINT OUT.onnx
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from onrecord.extract.engine import decode
from onrecord.extract.engine.features import Wordpieces, cut_windows, encode, find_words
from onrecord.extract.engine.model import OUTPUTS

from .card import HOME
from .net import Net, Words
from .processors import bound
from .shipped import load

GIVEN = [*OUTPUTS[:-1], "stance", OUTPUTS[-1]]
"""What the weights give; the stances are not asked for, the written rules being better."""
INPUTS = ["ids", "marks", "places"]


EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
ALIKE = 0.95
"""Share of words with a role that int8 weights and the network must have in common."""

Run = Callable[[dict[str, Any]], Sequence[Any]]


def decisions(run: Run) -> list[tuple[Any, ...]]:
    """The attributions of the example articles, in words of their windows."""
    pieces = Wordpieces((HOME / "tokenizer.json").read_bytes())
    made: list[tuple[Any, ...]] = []
    for path in EXAMPLES:
        words = find_words(path.read_text("utf-8"))
        cut = [pieces.of(word.text) for word in words]
        for window in cut_windows(words, cut, 160):
            given = (np.array(x, np.int64) for x in encode(words, cut, window))
            ids, marks, places = given
            said = run({"ids": ids[None], "marks": marks[None], "places": places})
            by = {name: np.asarray(x) for name, x in zip(GIVEN, said, strict=True)}
            for tags in ("tags", "told"):
                for group in decode.decode(by[tags], by["cue"], by["source"]):
                    made.append(
                        ((path.name, tags), window, group.cue, group.source, tuple(group.content))
                    )
    return made


def _words(made: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """The words with a role: where, which word, which role."""
    return {
        (name, window, role, word)
        for name, window, cue, source, content in made
        for role, spans in (("cue", [cue]), ("source", [source]), ("content", content))
        for span in spans
        if span
        for word in range(*span)
    }


def _alike(left: list[tuple[Any, ...]], right: list[tuple[Any, ...]]) -> float:
    one, two = _words(left), _words(right)
    return 2 * len(one & two) / max(1, len(one) + len(two))


def export(checkpoint: Path, out: Path) -> float:
    """Write int8 weights; the share of words with a role that they have in common with the network.

    Raises `ValueError` where the graph or the weights decide otherwise than the network.
    """
    net = load(Net(), torch.load(checkpoint, weights_only=False)["ema"])
    words = Words(net.eval()).eval()
    ids = torch.randint(1000, 20000, (1, 40))
    sample = (ids, torch.randint(0, 12, (1, 40)), torch.arange(1, 39))
    axes = {"ids": {1: "T"}, "marks": {1: "T"}, "places": {0: "N"}} | {
        name: {0: "N", 1: "M"} if name.endswith(("cue", "source")) else {0: "N"}
        for name in GIVEN
        if name != "guide"
    }
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            words,
            sample,
            str(plain),
            input_names=INPUTS,
            output_names=GIVEN,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        small = Path(folder) / "small.onnx"
        heads = [
            node.name + end
            for node in onnx.load(str(ready)).graph.node
            if node.op_type in ("MatMul", "Gemm") and "/layers" not in node.name
            for end in ("", "_MatMul")  # the second is what the quantiser makes of a Gemm
        ]
        quantize_dynamic(
            str(ready),
            str(small),
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=heads,
        )
        whole = onnx.load(str(small))
        bound(whole)
        onnx.save(whole, str(small))
        with torch.no_grad():
            net_says = decisions(
                lambda given: words(*(torch.from_numpy(given[name]) for name in INPUTS))
            )
        if decisions(_session(plain)) != net_says:
            raise ValueError("the written graph decides otherwise than the network")
        share = _alike(decisions(_session(small)), net_says)
        if share < ALIKE:
            raise ValueError(f"int8 weights share only {share:.3f} of the network's words")
        shutil.copy(small, out)
    return share


def _session(path: Path) -> Run:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return lambda given: session.run(GIVEN, given)


if __name__ == "__main__":
    print("words in common", round(export(Path(sys.argv[1]), Path(sys.argv[2])), 3))
