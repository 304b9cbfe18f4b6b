"""The weights that ship, as a checkpoint to train on from: int8 put back into floating point.

    python -m training.shipped OUT.pt

A release's training may go on from the one before it; what is lost is the rounding to int8.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from .card import HOME
from .net import Net


def read(path: Path) -> dict[str, Tensor]:
    """The state of a network from int8 weights that `training.export` wrote.

    Heads that the weights do not have yet are left out. The distance tables of the pointers are
    stored without names and can't be told apart: they are taken in the order in which they are used.
    """
    graph = onnx.load(str(path)).graph
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def full(name: str) -> NDArray[np.float32]:
        scale, zero = values[f"{name}_scale"], values[f"{name}_zero_point"]
        whole = values[f"{name}_quantized"].astype(np.float32)
        return ((whole - zero.astype(np.float32)) * scale).astype(np.float32)

    state = {
        n.removeprefix("net."): torch.tensor(v) for n, v in values.items() if n.startswith("net.")
        and not n.endswith(("_scale", "_zero_point", "_quantized"))
    }  # fmt: skip
    for name in ("word", "pos", "feat"):
        state[f"{name}.weight"] = torch.tensor(full(f"net.{name}.weight"))
    tables = []
    for node in graph.node:
        given = node.input[1] if len(node.input) > 1 else ""
        if node.op_type == "MatMulInteger":
            layer = node.output[0].split("/MatMul")[0].strip("/").replace("/", ".")
            part = given.removesuffix("_quantized")
            if part.startswith("net."):
                layer = part.removeprefix("net.").removesuffix(".weight_Transposed")
            state[f"{layer}.weight"] = torch.tensor(full(part).T.copy())
        elif node.op_type == "Gather" and node.input[0].startswith("onnx::Gather"):
            tables.append((node.output[0], full(node.input[0].removesuffix("_quantized"))))
    state["bias"] = torch.tensor(np.stack([t for _, t in sorted(tables, key=lambda t: t[0])]))
    return state


def load(net: Net, state: dict[str, Tensor]) -> Net:
    """A network with the state of one that may have had fewer heads."""
    bias = net.bias.data.clone()
    bias[: len(state["bias"])] = state["bias"]
    missing, unknown = net.load_state_dict({**state, "bias": bias}, strict=False)
    if unknown or any(not n.startswith(("who.", "named.")) for n in missing):
        raise ValueError(f"not this network's weights: {missing} {unknown}")
    return net


if __name__ == "__main__":
    torch.save({"ema": read(HOME / "weights.onnx")}, sys.argv[1])
