"""A weighted mean of checkpoints' weights, where all have them.

    python -m training.mix OUT.pt SHARE:FIRST.pt SHARE:SECOND.pt …

Networks trained on from one start are better together than each (Wortsman et al., 2022), and the
mean keeps what the first knew before the second learnt something else. Heads that only some have
are the last one's.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor


def mix(states: Sequence[tuple[float, dict[str, Tensor]]]) -> dict[str, Tensor]:
    """The mean; rows of a tensor that some do not have yet are the last one's."""
    total = sum(share for share, _ in states)
    made = {}
    for name, value in states[-1][1].items():
        made[name] = value.clone()
        if all(name in state for _, state in states):
            rows = min(len(state[name]) for _, state in states) if value.dim() else None
            parts = [share * state[name][:rows] for share, state in states]
            made[name][:rows] = torch.stack(parts).sum(0) / total
    return made


if __name__ == "__main__":
    shares = []
    for part in sys.argv[2:]:
        share, _, path = part.partition(":")
        shares.append((float(share), torch.load(Path(path), weights_only=False)["ema"]))
    torch.save({"ema": mix(shares)}, sys.argv[1])
