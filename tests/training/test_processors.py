"""Weights whose sums fit 16 bits give the same everywhere."""

from pathlib import Path

import numpy as np
import onnx

from training.processors import LIMIT, bounded, largest

WEIGHTS = Path(__file__).parents[2] / "src/onrecord/models/en/weights.onnx"


def test_a_column_is_scaled_as_far_as_it_needs() -> None:
    weights = np.array([[127, 127, -90], [100, -127, -90], [3, 8, 5]], dtype=np.int8)
    made, factor = bounded(weights)
    assert largest(made).max() <= LIMIT
    assert factor[1] == 1  # of two signs: their sum can't be too large
    assert (made[:, 1] == weights[:, 1]).all()
    assert 0.5 < factor[0] < 0.6
    assert np.abs(made / factor - weights).max() <= 1


def test_no_sum_of_the_shipped_weights_is_cut_off() -> None:
    model = onnx.load(str(WEIGHTS))
    held = {tensor.name: tensor for tensor in model.graph.initializer}
    sums = [
        largest(onnx.numpy_helper.to_array(held[node.input[1]])).max()
        for node in model.graph.node
        if node.op_type == "MatMulInteger"
    ]
    assert len(sums) == 24
    assert max(sums) <= LIMIT
