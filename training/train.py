"""Train a network on PolNeAR, alone or taught by others; seeded, resumable, with its progress shown.

With `--passages`, each step also takes some passages that ask whom a pronoun means (`pronouns`).

    python -m training.train --data DIR --base DIR --out DIR --seed 1 --epochs 4.5
    python -m training.train … --out student --seed 3 --epochs 4 --rate 2e-4 \\
        --init teacher1/model.pt --teachers teacher1/model.pt teacher2/model.pt
"""

import argparse
import random
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from onrecord.extract.engine.features import Wordpieces

from . import corpus, pronouns
from .batches import Batch, batches, collate
from .net import Net
from .shipped import load

GAP = 3
"""Times that each item of GAP is taken in a round through the passages."""
GOLD = 0.35
"""Weight of the labels where teachers are given; the rest is the teachers' mean."""
AVERAGE = 0.998
"""Decay of the exponential average of the weights, a step."""


def new_net(base: Path) -> Net:
    """A network with MiniLM's encoder."""
    net = Net()
    net.load_minilm(str(base / "model.safetensors"))
    return net


def trained(path: Path) -> Net:
    """The averaged network of a checkpoint, which may have had fewer heads."""
    return load(Net(), torch.load(path, weights_only=False)["ema"])


class Passages:
    """Passages without end: coreference corpora, news with names made pronouns, and GAP."""

    def __init__(self, args: argparse.Namespace, pieces: Wordpieces, draw: random.Random) -> None:
        self._draw, self._pieces = draw, pieces
        self._read = pronouns.corpora(args.data, pieces)
        self._news = pronouns.news(args.data)
        self._gap = pronouns.gap(args.data, pieces, args.fold) if args.gap else []
        self._queue: list[pronouns.Passage] = []

    def take(self, number: int) -> list[pronouns.Passage]:
        """The next passages; each round goes once through the corpora and a third of the news."""
        while len(self._queue) < number:
            draw = self._draw
            texts = [*self._read, *self._gap * GAP]
            for text in draw.sample(self._news, len(self._news) // 3):
                made = pronouns.with_pronouns(text, draw, self._pieces)
                texts += [made] if made else []
            self._queue = [p for text in texts for p in pronouns.passages(text, draw)]
            draw.shuffle(self._queue)
        return [self._queue.pop() for _ in range(number)]


def loss_of(net: Net, batch: Batch, teachers: list[Net], share_gold: float = GOLD) -> Tensor:
    """Loss of tags and of both pointers, the pointers at half weight."""
    with torch.autocast("cpu", torch.bfloat16):
        tags, z = net(batch.ids, batch.marks, batch.mask)
    tags, places = tags.float(), torch.arange(batch.ids.shape[1])
    cue, source = net.links(z, places, batch.columns)
    zero = torch.zeros(())
    gold = functional.cross_entropy(tags.flatten(0, 1), batch.tags.flatten(), ignore_index=-100)
    links = torch.tensor(batch.to_cue, dtype=torch.long).reshape(-1, 3)
    cues = cue[links[:, 0], links[:, 1]]
    if len(links):
        gold = gold + 0.5 * functional.cross_entropy(cues, links[:, 2])
    rows = [row[0] for row in batch.to_source], [row[1] for row in batch.to_source]
    sources = source[rows].log_softmax(-1)
    if batch.to_source:
        closed = torch.full_like(sources, -1e4)
        for n, (_, _, targets) in enumerate(batch.to_source):
            closed[n, targets] = 0
        gold = gold - 0.5 * torch.logsumexp(sources + closed, -1).mean()
    if not teachers:
        return gold
    tag_p, cue_p, source_p = zero, zero, zero
    with torch.no_grad():
        for teacher in teachers:
            with torch.autocast("cpu", torch.bfloat16):
                t_tags, t_z = teacher(batch.whole, batch.marks, batch.mask)
            t_cue, t_source = teacher.links(t_z, places, batch.columns)
            share = 1 / len(teachers)
            tag_p = tag_p + share * t_tags.float().softmax(-1)
            cue_p = cue_p + share * t_cue[links[:, 0], links[:, 1]].softmax(-1)
            source_p = source_p + share * t_source[rows].softmax(-1)
    words = batch.tags >= 0
    taught = -(tag_p[words] * tags[words].log_softmax(-1)).sum(-1).mean()
    if len(links):
        taught = taught - 0.5 * (cue_p * cues.log_softmax(-1)).sum(-1).mean()
    if batch.to_source:
        taught = taught - 0.5 * (source_p * sources).sum(-1).mean()
    return share_gold * gold + (1 - share_gold) * taught


def train(args: argparse.Namespace) -> None:
    """Train to the end, with checkpoints; goes on from a checkpoint of the same run."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    draw = random.Random(args.seed)
    pieces = Wordpieces((args.base / "tokenizer.json").read_bytes())
    texts = list(corpus.read(args.data / "polnear_train.jsonl.gz", pieces))
    net = trained(args.init) if args.init else new_net(args.base)
    teachers = [trained(path).eval() for path in args.teachers]
    heads = [
        p
        for n, p in net.named_parameters()
        if n.split(".")[0] in ("tag", "link", "bias", "feat", "who", "named")
    ]
    known = {id(p) for p in heads}
    body = [p for p in net.parameters() if id(p) not in known]
    groups = [{"params": heads, "lr": 5 * args.rate}, {"params": body, "lr": args.rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    average = {name: value.detach().clone() for name, value in net.state_dict().items()}
    step, path = 0, args.out / "model.pt"
    args.out.mkdir(parents=True, exist_ok=True)
    if path.exists():
        saved = torch.load(path, weights_only=False)
        net.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        draw.setstate(saved["draw"])
        torch.set_rng_state(saved["random"])
        average, step = saved["ema"], saved["step"]
        print(f"goes on at step {step}", flush=True)
    epoch = batches(texts, draw, args.batch)
    total, begun = args.steps or int(args.epochs * len(epoch)), time.monotonic()
    passages = Passages(args, pieces, random.Random(args.seed)) if args.passages else None
    asked = 0.0
    net.train()
    while step < total:
        for windows in epoch:
            if step >= total:
                break
            scale = min(1, step / args.warm) * (1 - step / total)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * scale
            loss = loss_of(net, collate(windows), teachers, args.gold)
            optimiser.zero_grad()
            loss.backward()
            if passages:
                taken = passages.take(args.passages)
                for passage in taken:
                    part = pronouns.loss_of(net, passage) / len(taken)
                    (args.weight * part).backward()
                    asked += part.item()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
            decay = min(AVERAGE, step / (step + 40))
            with torch.no_grad():
                for name, value in net.state_dict().items():
                    average[name].lerp_(value, 1 - decay)
            if step % 25 == 0:
                spent = time.monotonic() - begun
                extra = f", pronouns {asked / 25:.3f}" if passages else ""
                asked = 0.0
                print(
                    f"step {step} of {total}, {spent:.0f} s, loss {loss.item():.3f}{extra}",
                    flush=True,
                )
            if step % args.save == 0 or step == total:
                _save(path, net, optimiser, average, draw, step)
        epoch = batches(texts, draw, args.batch)


def _save(
    path: Path, net: Net, optimiser: torch.optim.Optimizer, average: dict[str, Tensor],
    draw: random.Random, step: int,
) -> None:  # fmt: skip
    """A checkpoint, put in place whole so that a stop leaves the one before."""
    state = {
        "ema": average,
        "model": net.state_dict(),
        "optimiser": optimiser.state_dict(),
        "draw": draw.getstate(),
        "random": torch.get_rng_state(),
        "step": step,
    }
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main() -> None:
    """The command line of `make train`."""
    parser = argparse.ArgumentParser(description="Train the attribution network.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--base", type=Path, required=True, help="folder of MiniLM's files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=float, default=4.5)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--warm", type=int, default=150, help="steps until the full rate")
    parser.add_argument("--steps", type=int, help="instead of epochs")
    parser.add_argument("--save", type=int, default=200, help="steps between checkpoints")
    parser.add_argument("--batch", type=int, default=2048, help="word pieces in a batch")
    parser.add_argument("--passages", type=int, default=0, help="passages with pronouns a step")
    parser.add_argument("--weight", type=float, default=1.0, help="of the passages' loss")
    parser.add_argument(
        "--gold", type=float, default=GOLD, help="share of the labels beside teachers"
    )
    parser.add_argument("--gap", action="store_true", help="take GAP's given items, too")
    parser.add_argument("--fold", type=int, help="leave this one of GAP's two folds out")
    parser.add_argument("--init", type=Path, help="checkpoint to start from")
    parser.add_argument(
        "--teachers", type=Path, nargs="*", default=[], help="checkpoints to learn from"
    )
    train(parser.parse_args())


if __name__ == "__main__":
    main()
