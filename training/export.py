"""From a checkpoint to the weights that ship: int8 ONNX, reloaded and held against the network.

python -m training.export CHECKPOINT OUT.onnx
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from .net import Net, Words

INPUTS = ["ids", "marks", "places"]
OUTPUTS = ["tags", "cue", "source"]


def export(checkpoint: Path, out: Path) -> float:
    """Write int8 weights; the largest difference of the unquantised graph to the network."""
    net = Net()
    net.load_state_dict(torch.load(checkpoint, weights_only=False)["ema"])
    words = Words(net.eval()).eval()
    ids = torch.randint(1000, 20000, (1, 40))
    sample = (ids, torch.randint(0, 12, (1, 40)), torch.arange(1, 39))
    axes = {"ids": {1: "T"}, "marks": {1: "T"}, "places": {0: "N"}} | {
        name: {0: "N"} if name == "tags" else {0: "N", 1: "M"} for name in OUTPUTS
    }
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            words,
            sample,
            str(plain),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        session = onnxruntime.InferenceSession(str(plain), providers=["CPUExecutionProvider"])
        with torch.no_grad():
            expected = [t.numpy() for t in words(*sample)]
        given = dict(zip(INPUTS, (t.numpy() for t in sample), strict=True))
        made = session.run(OUTPUTS, given)
        difference = max(float(np.abs(a - b).max()) for a, b in zip(expected, made, strict=True))
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(out), weight_type=QuantType.QInt8, per_channel=True)
    return difference


if __name__ == "__main__":
    print("largest difference", export(Path(sys.argv[1]), Path(sys.argv[2])))
