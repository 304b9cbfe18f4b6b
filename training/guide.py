"""Fit the head that tells the guides apart, on an encoder that keeps still: a logistic regression.

A window's mean over its words says whether it reads like PolNeAR or like the genres' articles;
trained with everything else that head learns too slowly.

    python -m training.guide CHECKPOINT --data DIR
"""

import argparse
import random
from pathlib import Path

import torch

from onrecord.extract.engine.features import Wordpieces, cut_windows, encode

from . import corpus
from .card import HOME
from .net import Net
from .shipped import load

ARTICLES = 120
"""Articles of each corpus."""


def features(net: Net, texts: list[corpus.Text]) -> tuple[torch.Tensor, torch.Tensor]:
    """The means of windows, and their guides."""
    means, guides = [], []
    with torch.no_grad():
        for text in texts:
            for window in cut_windows(text.words, text.pieces, 160):
                ids, marks, places = encode(text.words, text.pieces, window)
                x = net.encode(torch.tensor([ids]), torch.tensor([marks]))[0, places]
                means.append(x.mean(0))
                guides.append(text.guide)
    return torch.stack(means), torch.tensor(guides)


def fit(net: Net, means: torch.Tensor, guides: torch.Tensor, decay: float = 0.002) -> float:
    """Fit the head by LBFGS; the share of windows that it tells right."""
    head = net.guide
    torch.nn.init.zeros_(head.weight)
    torch.nn.init.zeros_(head.bias)
    share = torch.bincount(guides, minlength=2).float()
    weight = share.sum() / (2 * share)
    optimiser = torch.optim.LBFGS(head.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(head(means), guides, weight=weight)
        loss = loss + decay * (head.weight**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return float((head(means).argmax(-1) == guides).float().mean())


def main() -> None:
    """Fit it, in place."""
    parser = argparse.ArgumentParser(description="Fit the head that tells the guides apart.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    pieces = Wordpieces((HOME / "tokenizer.json").read_bytes())
    saved = torch.load(args.checkpoint, weights_only=False)
    net = load(Net(), saved["ema"]).eval()
    draw = random.Random(1)
    texts = list(corpus.genres(corpus.rows(args.data / "genres_train.jsonl.gz"), pieces))
    texts = draw.sample(texts, min(len(texts), ARTICLES))
    other = list(corpus.rows(args.data / "polnear_train.jsonl.gz"))
    other = draw.sample(other, min(len(other), ARTICLES // 2))
    texts += [corpus.polnear(row, pieces) for row in other]
    print("windows told apart", round(fit(net, *features(net, texts)), 4))
    saved["ema"] = {**saved["ema"], **{k: v for k, v in net.state_dict().items() if "guide" in k}}
    torch.save(saved, args.checkpoint)


if __name__ == "__main__":
    main()
