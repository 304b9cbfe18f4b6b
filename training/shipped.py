"""The weights that ship, as a checkpoint to train on from: int8 put back into floating point.

    python -m training.shipped OUT.pt [FOLDER]

A release's training may go on from the one before it; what is lost is the rounding to int8. With a
folder, the weights and the card in it are read: those of an older release, to be a teacher.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from .card import HOME
from .net import HEADS, Net

LIKE = {"told": "tag", "inner": "tag", "inlink": "link"}
"""Heads that a network without them takes from another one to start with."""


def read(path: Path) -> dict[str, Tensor]:
    """The state of a network from int8 weights that `training.export` wrote.

    Heads that the weights do not have yet are left out. The distance tables of the pointers are
    stored in the card; weights older than that have them in the order in which they are used.
    """
    graph = onnx.load(str(path)).graph
    values = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def full(name: str) -> NDArray[np.float32]:
        scale, zero = values[f"{name}_scale"], values[f"{name}_zero_point"]
        whole = values[f"{name}_quantized"].astype(np.float32)
        return ((whole - zero.astype(np.float32)) * scale).astype(np.float32)

    ends = ("_scale", "_zero_point", "_quantized")
    state = {}
    for name, value in values.items():
        own = name.removeprefix("net.")
        if own != name and not own.endswith(ends):
            turned = own.endswith("_Transposed")  # heads stay in floating point, turned
            state[own.removesuffix("_Transposed")] = torch.tensor(value.T if turned else value)
    for name in ("word", "pos", "feat"):
        state[f"{name}.weight"] = torch.tensor(full(f"net.{name}.weight"))
    tables = []
    for node in graph.node:
        given = node.input[1] if len(node.input) > 1 else ""
        if node.op_type == "MatMulInteger":
            layer = node.output[0].split("/MatMul")[0].strip("/").replace("/", ".")
            state[f"{layer}.weight"] = torch.tensor(full(given.removesuffix("_quantized")).T.copy())
        elif node.op_type == "Gather" and node.input[0].startswith("onnx::Gather"):
            tables.append((node.output[0], full(node.input[0].removesuffix("_quantized"))))
    card = json.loads(path.with_name("card.json").read_text("utf-8"))
    if "tables" in card:
        state["bias"] = torch.tensor(card["tables"])
    else:
        cue, source = (table for _, table in sorted(tables, key=lambda t: t[0]))
        state["bias"] = torch.tensor(np.stack([cue, source, card["distance"]]), dtype=torch.float32)
    return state


def load(net: Net, state: dict[str, Tensor]) -> Net:
    """A network with the state of one that may have had fewer heads; what is like one starts as
    it."""
    bias = net.bias.data.clone()
    bias[: len(state["bias"])] = state["bias"]
    if len(state["bias"]) < len(bias):
        bias[3:] = state["bias"][:2]
    for part in ("weight", "bias"):
        for new, old in LIKE.items():
            state.setdefault(f"{new}.{part}", state[f"{old}.{part}"].clone())
    missing, unknown = net.load_state_dict({**state, "bias": bias}, strict=False)
    if unknown or any(n.split(".")[0] not in HEADS for n in missing):
        raise ValueError(f"not this network's weights: {missing} {unknown}")
    return net


if __name__ == "__main__":
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else HOME
    net = load(Net(), read(folder / "weights.onnx"))
    torch.save({"ema": net.state_dict()}, sys.argv[1])
