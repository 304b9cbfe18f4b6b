"""Train the network: several corpora at once, alone or taught by others; resumable bit for bit.

What to train on, how long and how fast stands in a recipe (TOML, see `recipe.toml`); each of its
steps makes one checkpoint.

    python -m training.train recipe.toml STEP --data DIR --runs DIR
"""

import argparse
import random
import time
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import torch
from torch import Tensor

from onrecord.extract.engine.features import Wordpieces

from . import corpus, labelled, mentions
from .batches import Passage, batches, collate, passages
from .card import HOME
from .losses import Weights, loss_of
from .names import Renamer
from .net import HEADS, NEITHER, Net
from .shipped import load

T = TypeVar("T")


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """One step of a recipe."""

    out: str
    """Folder of the checkpoint below the runs."""
    seed: int
    rate: float
    rounds: float
    """Times through the genres' articles (or through PolNeAR, where those take no part)."""
    init: str | None = None
    """Checkpoint to start from, below the runs; MiniLM's encoder where there is none."""
    teachers: list[str] = []
    gold: float = 0.35
    """Weight of the labels where teachers are given; the rest is the teachers' mean."""
    genres: float = 0.0
    polnear: float = 0.0
    """Shares of the articles that a round takes."""
    labelled: bool = True
    """Whether the genres' articles are with those of `training/labels`."""
    names: float = 0.0
    """Share of the genres' articles in which a round gives people other names."""
    mentions: float = 0.0
    """Share of the coreference corpora and of GAP that a round takes."""
    news: float = 0.0
    """Share of PolNeAR's articles in which a round makes names pronouns."""
    gap: bool = True
    fold: int | None = None
    """Leave this one of GAP's two folds out."""
    size: int = 2048
    """Word pieces in a batch."""
    warm: int = 60
    heads: float = 5.0
    """Times the rate at which the heads learn."""
    frozen: int = 0
    """Layers from the bottom, and the tables, that keep still."""
    average: float = 0.995
    """Decay of the exponential average of the weights, a step."""
    save: int = 100
    stop: int | None = None
    """Steps after which it ends early; the rates fall as if it went on."""
    renew: dict[str, str] = {}
    """Heads that start over as another one is."""
    weights: dict[str, float] = {}


class Epochs:
    """Rounds through the corpora without end."""

    def __init__(self, step: Step, data: Path, pieces: Wordpieces, draw: random.Random) -> None:
        self._step, self._draw, self._pieces = step, draw, pieces
        self._genres: list[corpus.Text] = []
        self._polnear: list[dict[str, Any]] = []
        self._read: dict[str, corpus.Text] = {}
        self._renamer: Renamer | None = None
        self._mentions: list[corpus.Text] = []
        self._news: list[str] = []
        if step.genres:
            given = list(corpus.rows(data / "genres_train.jsonl.gz"))
            ours, politics = labelled.joined(data).values() if step.labelled else ([], [])
            self._genres = [
                *corpus.genres(given + ours, pieces), *corpus.genres(politics, pieces, NEITHER)
            ]  # fmt: skip
            if step.names:
                whole = (row["text"] for row in given + ours + politics)
                self._renamer = Renamer(list(zip(self._genres, whole, strict=True)), pieces)
        if step.polnear:
            self._polnear = list(corpus.rows(data / "polnear_train.jsonl.gz"))
        if step.mentions:
            self._mentions = mentions.corpora(data, pieces)
            if step.gap:
                self._mentions += mentions.gap(data, pieces, step.fold)
        if step.news:
            self._news = mentions.news(data)

    def round(self) -> list[list[Passage]]:
        """The batches of a round, drawn anew."""
        draw, step = self._draw, self._step
        texts = _share(self._genres, step.genres, draw)
        if self._renamer:
            texts = [
                self._renamer.renamed(text, draw) if draw.random() < step.names else text
                for text in texts
            ]
        texts += [self._politics(row) for row in _share(self._polnear, step.polnear, draw)]
        texts += _share(self._mentions, step.mentions, draw)
        for text in _share(self._news, step.news, draw):
            made = mentions.with_pronouns(text, draw, self._pieces)
            texts += [made] if made else []
        return batches(list(passages(texts, draw)), draw, step.size)

    def _politics(self, row: dict[str, Any]) -> corpus.Text:
        """An article of PolNeAR, read when it is first drawn."""
        if row["id"] not in self._read:
            self._read[row["id"]] = corpus.polnear(row, self._pieces)
        return self._read[row["id"]]


def _share(texts: list[T], share: float, draw: random.Random) -> list[T]:
    return draw.sample(texts, min(len(texts), round(share * len(texts))))


def new_net(base: Path) -> Net:
    """A network with MiniLM's encoder."""
    net = Net()
    net.load_minilm(str(base / "model.safetensors"))
    return net


def trained(path: Path) -> Net:
    """The averaged network of a checkpoint, which may have had fewer heads."""
    return load(Net(), torch.load(path, weights_only=False)["ema"])


def optimiser_of(net: Net, step: Step) -> torch.optim.AdamW:
    """The heads learn faster than the encoder, whose lower layers may keep still."""
    still = {f"layers.{n}" for n in range(step.frozen)}
    heads, body = [], []
    for name, parameter in net.named_parameters():
        first = name.split(".")[0]
        if step.frozen and (
            first in ("word", "pos", "feat", "norm") or ".".join(name.split(".")[:2]) in still
        ):
            parameter.requires_grad_(False)
        elif first in HEADS:
            heads.append(parameter)
        else:
            body.append(parameter)
    groups = [{"params": heads, "lr": step.heads * step.rate}, {"params": body, "lr": step.rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def train(step: Step, data: Path, runs: Path, base: Path, least: int | None = None) -> None:
    """Train a step to its end, with checkpoints; goes on from a checkpoint of the same step."""
    torch.manual_seed(step.seed)
    draw = random.Random(step.seed)
    pieces = Wordpieces((HOME / "tokenizer.json").read_bytes())
    net = trained(runs / step.init) if step.init else new_net(base)
    for new, old in step.renew.items():
        getattr(net, new).load_state_dict(getattr(net, old).state_dict())
    teachers = [trained(runs / path).eval() for path in step.teachers]
    weights = Weights(**step.weights)
    optimiser = optimiser_of(net, step)
    rates = [group["lr"] for group in optimiser.param_groups]
    average = {name: value.detach().clone() for name, value in net.state_dict().items()}
    moving = [name for name, p in net.named_parameters() if p.requires_grad]
    done, path = 0, runs / step.out / "model.pt"
    path.parent.mkdir(parents=True, exist_ok=True)
    epochs = Epochs(step, data, pieces, draw)
    state = draw.getstate()
    epoch = epochs.round()
    total = least or int(step.rounds * len(epoch))
    at = 0
    if path.exists():
        saved = torch.load(path, weights_only=False)
        net.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        average, done, at = saved["ema"], saved["step"], saved["at"]
        state = saved["draw"]
        draw.setstate(state)  # the round that the checkpoint stands in is drawn once more
        epoch = epochs.round()
        torch.set_rng_state(saved["random"])
        print(f"goes on at step {done}", flush=True)
    begun, seen = time.monotonic(), 0
    parts: dict[str, list[float]] = {}
    net.train()
    end = min(total, step.stop or total)
    while done < end:
        if at >= len(epoch):
            state, at = draw.getstate(), 0
            epoch = epochs.round()
        batch = collate(epoch[at])
        at += 1
        scale = min(1, (done + 1) / step.warm) * (1 - done / total)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        loss, said = loss_of(net, batch, teachers, step.gold, weights)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        done += 1
        seen += int(batch.mask.sum())
        for name, value in said.items():
            parts.setdefault(name, []).append(value)
        decay = min(step.average, done / (done + 40))
        with torch.no_grad():
            state_now = net.state_dict()
            for name in moving:
                average[name].lerp_(state_now[name], 1 - decay)
        if done % 25 == 0:
            spent = time.monotonic() - begun
            told = ", ".join(f"{n} {sum(v) / len(v):.3f}" for n, v in parts.items())
            parts = {}
            print(
                f"step {done} of {total}, {spent:.0f} s, {seen / spent:.0f}/s: {told}", flush=True
            )
        if done % step.save == 0 or done == end:
            _save(path, net, optimiser, average, {"draw": state, "step": done, "at": at})


def _save(
    path: Path, net: Net, optimiser: torch.optim.Optimizer, average: dict[str, Tensor],
    place: dict[str, Any],
) -> None:  # fmt: skip
    """A checkpoint, put in place whole so that a stop leaves the one before."""
    state = {
        "ema": average,
        "model": net.state_dict(),
        "optimiser": optimiser.state_dict(),
        "random": torch.get_rng_state(),
        **place,
    }
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main() -> None:
    """The command line of one step."""
    parser = argparse.ArgumentParser(description="Train one step of a recipe.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("step", help="the step's name in the recipe")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--base", type=Path, default=Path(), help="folder of MiniLM's files")
    parser.add_argument("--runs", type=Path, required=True, help="folder of the checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, help="so many only, for a trial")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    recipe = tomllib.loads(args.recipe.read_text("utf-8"))
    step = msgspec.convert(recipe["step"][args.step], Step)
    train(step, args.data, args.runs, args.base, args.steps)


if __name__ == "__main__":
    main()
