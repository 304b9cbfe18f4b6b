"""Make int8 weights give the same sums on every processor.

Without VNNI, x86 processors multiply bytes by `vpmaddubsw`: 255 · w₁ + 255 · w₂ of two neighbours
in a column is held in 16 bits, and cut off at 32,767. With VNNI nothing is cut off, so that one
article had other statements on one machine than on the next. A column in which two neighbours of
one sign are too large together is scaled down as far as it needs, and its scale up: nothing is cut
off anywhere, at a fraction of a bit. See ONNX Runtime's notes on quantisation, "reduce_range".
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

LIMIT = 128
"""The largest sum of two neighbours: 255 · 128 < 2¹⁵."""


def largest(weights: NDArray[np.int8]) -> NDArray[np.int32]:
    """By column, the largest sum of two neighbours of one sign."""
    wide = weights.astype(np.int32)
    if len(wide) % 2:
        wide = np.vstack([wide, np.zeros_like(wide[:1])])
    return np.asarray(np.abs(wide[0::2] + wide[1::2]).max(axis=0))


def bounded(weights: NDArray[np.int8]) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Weights of which no product is cut off, and by what each column was multiplied."""
    factor = np.minimum(1.0, LIMIT / np.maximum(1, largest(weights)))
    made = np.rint(weights * factor).astype(np.int8)
    while (over := largest(made) > LIMIT).any():
        factor[over] *= 0.995
        made = np.rint(weights * factor).astype(np.int8)
    return made, factor


def bound(model: onnx.ModelProto) -> None:
    """Bound the weights of every `MatMulInteger`, in place."""
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        weights = held[node.input[1]]
        scale = held[node.input[1].removesuffix("_quantized") + "_scale"]
        made, factor = bounded(numpy_helper.to_array(weights))
        weights.CopyFrom(numpy_helper.from_array(made, weights.name))
        wider = (numpy_helper.to_array(scale) / factor).astype(np.float32)
        scale.CopyFrom(numpy_helper.from_array(wider, scale.name))


if __name__ == "__main__":
    path = Path(sys.argv[1])
    model = onnx.load(str(path))
    bound(model)
    onnx.save(model, str(path))
