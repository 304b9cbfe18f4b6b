"""A mean of two checkpoints' weights, where both have them: three quarters of the second.

    python -m training.mix FIRST.pt SECOND.pt OUT.pt

Keeps what the first knew better after the second learnt something else (Wortsman et al., 2022).
"""

import sys
from pathlib import Path

import torch
from torch import Tensor

SHARE = 0.75


def mix(first: dict[str, Tensor], second: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean; heads that only the second has are its own."""
    made = {}
    for name, value in second.items():
        made[name] = value.clone()
        if name in first:
            rows = len(first[name])
            made[name][:rows] = (1 - SHARE) * first[name] + SHARE * value[:rows]
    return made


if __name__ == "__main__":
    one, two = (torch.load(Path(path), weights_only=False)["ema"] for path in sys.argv[1:3])
    torch.save({"ema": mix(one, two)}, sys.argv[3])
