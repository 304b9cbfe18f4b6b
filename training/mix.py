"""A weighted mean of checkpoints' weights, where all have them, as a recipe's `mean` tells it.

    python -m training.mix recipe.toml NAME --runs DIR

Networks trained on from one start are better together than each (Wortsman et al., 2022), and the
mean keeps what the first knew before the second learnt something else. Heads that only some have
are the last one's.
"""

import argparse
import tomllib
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


def main() -> None:
    """Make one mean of a recipe."""
    parser = argparse.ArgumentParser(description="A weighted mean of checkpoints.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("mean", help="the mean's name in the recipe")
    parser.add_argument("--runs", type=Path, required=True, help="folder of the checkpoints")
    args = parser.parse_args()
    told = tomllib.loads(args.recipe.read_text("utf-8"))["mean"][args.mean]
    states = [
        (float(share), torch.load(args.runs / path, weights_only=False)["ema"])
        for path, share in told["of"].items()
    ]
    out = args.runs / told["out"] / "model.pt"
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"ema": mix(states)}, out)


if __name__ == "__main__":
    main()
