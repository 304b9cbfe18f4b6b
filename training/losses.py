"""What a network is trained on: the loss of a batch, part by part."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from .batches import Batch, Link
from .corpus import UNKNOWN
from .net import NUMBERS, POLNEAR, Net, buckets

CLOSED = -1e4
RARE = torch.tensor([1.0] + 6 * [4.0])
"""Weight of tags inside statements: next to all words have none."""


class Weights(NamedTuple):
    """Weight of each part of the loss."""

    tags: float = 1.0
    told: float = 1.0
    inner: float = 0.6
    links: float = 0.5
    voice: float = 0.3
    stance: float = 0.2
    guide: float = 0.05
    named: float = 0.3
    mentions: float = 0.4


def loss_of(
    net: Net, batch: Batch, teachers: Sequence[Net], gold: float, weights: Weights
) -> tuple[Tensor, dict[str, float]]:
    """The loss of a batch, and its parts for the log.

    Teachers are asked about the articles of PolNeAR, whose guide they know; there the labels count
    by the share `gold`, the teachers by the rest.
    """
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.bfloat16 == NUMBERS):
        x = net.encode(batch.ids, batch.marks, batch.mask)
    x = x.float()
    places = torch.arange(batch.ids.shape[1])
    parts: dict[str, Tensor] = {}
    tags, z = net.tag(x), net.link(x)
    cue, source = net.links(z, places, batch.columns)
    known = bool((batch.tags >= 0).any())
    if known:
        parts["tags"] = _tagged(tags, batch.tags)
        if teachers:
            taught = _taught(net, batch, teachers, tags, cue, source, places)
            parts["tags"] = gold * parts["tags"] + (1 - gold) * taught
    if bool((batch.told >= 0).any()):
        parts["told"] = _tagged(net.told(x), batch.told)
    parts["links"] = _linked(cue, source, batch.links)
    if bool((batch.inner >= 0).any()):
        parts["inner"] = functional.cross_entropy(
            net.inner(x).flatten(0, 1), batch.inner.flatten(), RARE, ignore_index=UNKNOWN
        )
        if batch.inlinks.cue:
            inner = net.links(net.inlink(x), places, batch.columns, (3, 4))
            parts["inner"] = parts["inner"] + 0.5 * _linked(*inner, batch.inlinks)
    if bool((batch.named > 0).any()):
        rows, columns = (batch.named >= 0).nonzero(as_tuple=True)
        parts["named"] = functional.cross_entropy(
            net.named(x[rows, columns]), batch.named[rows, columns]
        )
    if batch.voices:
        said = _mean(net.voice(x), [(n, at) for n, at, _, _ in batch.voices])
        kinds = torch.tensor([kind for _, _, kind, _ in batch.voices])
        hidden = torch.tensor([float(h) for *_, h in batch.voices])
        parts["voice"] = functional.cross_entropy(said[:, :-1], kinds) + (
            functional.binary_cross_entropy_with_logits(said[:, -1], hidden)
        )
    if batch.stances:
        said = _mean(net.stance(x), [(n, at) for n, at, _ in batch.stances])
        parts["stance"] = functional.cross_entropy(
            said, torch.tensor([stance for *_, stance in batch.stances])
        )
    if bool((batch.guides >= 0).any()):
        parts["guide"] = functional.cross_entropy(
            net.guide(_window(x, batch.columns)),
            batch.guides.clamp(min=UNKNOWN).where(batch.guides >= 0, UNKNOWN),
            ignore_index=UNKNOWN,
        )
    if batch.questions:
        parts["mentions"] = _mentions(net, net.who(x), batch)
    total = torch.zeros(())
    for name, part in parts.items():
        total = total + getattr(weights, name) * part
    return total, {name: float(part.detach()) for name, part in parts.items()}


def _tagged(scores: Tensor, right: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1), right.flatten(), ignore_index=UNKNOWN)


def _linked(cue: Tensor, source: Tensor, links: Link) -> Tensor:
    """Loss of both pointers."""
    total = torch.zeros(())
    if links.cue:
        at = torch.tensor(links.cue)
        total = total + functional.cross_entropy(cue[at[:, 0], at[:, 1]], at[:, 2])
    if links.source:
        rows = [row[0] for row in links.source], [row[1] for row in links.source]
        scores = source[rows].log_softmax(-1)
        closed = torch.full_like(scores, CLOSED)
        for n, (_, _, targets) in enumerate(links.source):
            closed[n, targets] = 0
        total = total - torch.logsumexp(scores + closed, -1).mean()
    return total


def _taught(
    net: Net, batch: Batch, teachers: Sequence[Net], tags: Tensor, cue: Tensor, source: Tensor,
    places: Tensor,
) -> Tensor:  # fmt: skip
    """Distance from the teachers' mean in tags and pointers, on PolNeAR's windows."""
    own = (batch.guides == POLNEAR).nonzero()[:, 0]
    tag_p, cue_p, source_p = torch.zeros(()), torch.zeros(()), torch.zeros(())
    with torch.no_grad():
        for teacher in teachers:
            with torch.autocast("cpu", torch.bfloat16, enabled=torch.bfloat16 == NUMBERS):
                t_tags, t_z = teacher(batch.whole[own], batch.marks[own], batch.mask[own])
            t_cue, t_source = teacher.links(t_z, places, batch.columns[own])
            share = 1 / len(teachers)
            tag_p = tag_p + share * t_tags.float().softmax(-1)
            cue_p = cue_p + share * t_cue.softmax(-1)
            source_p = source_p + share * t_source.softmax(-1)
    words = batch.tags[own] >= 0
    total = -(tag_p[words] * tags[own][words].log_softmax(-1)).sum(-1).mean()
    where = {int(row): n for n, row in enumerate(own)}
    at = [(where[n], n, c) for n, c, _ in batch.links.cue if n in where]
    if at:
        i, n, c = torch.tensor(at).T
        total = total - 0.5 * (cue_p[i, c] * cue[n, c].log_softmax(-1)).sum(-1).mean()
    at = [(where[n], n, c) for n, c, _ in batch.links.source if n in where]
    if at:
        i, n, c = torch.tensor(at).T
        total = total - 0.5 * (source_p[i, c] * source[n, c].log_softmax(-1)).sum(-1).mean()
    return total


def _window(x: Tensor, columns: Tensor) -> Tensor:
    """The mean of each window's words."""
    words = columns.float()
    words[:, 0] = 0
    return torch.einsum("nlw,nl->nw", x, words) / words.sum(1, keepdim=True).clamp(min=1)


def _mean(scores: Tensor, spans: Sequence[tuple[int, list[int]]]) -> Tensor:
    """The mean of the scores over each span's words."""
    return torch.stack([scores[n, at].mean(0) for n, at in spans])


def _mentions(net: Net, who: Tensor, batch: Batch) -> Tensor:
    """Loss of the pointer from mentions to what they mean."""
    query, key = who.split(net.k, -1)
    losses = []
    scale = net.k**-0.5
    by: dict[int, list[int]] = {}
    for n, question in enumerate(batch.questions):
        by.setdefault(question.passage, []).append(n)
    for passage, numbers in by.items():
        rows, columns, places, closed = batch.spots[passage]
        asked = [batch.questions[n] for n in numbers]
        spots = [q.row for q in asked], [q.column for q in asked]
        q = query[spots]
        words = q @ key[rows, columns].T * scale
        near = buckets(places)[[a.word for a in asked]]
        words = words + net.bias[2][near] + CLOSED * closed.float()
        for n, a in enumerate(asked):
            words[n, a.word] = CLOSED  # nothing means itself
        nobody = (q * key[[a.row for a in asked], 0]).sum(-1, keepdim=True) * scale
        scores = torch.cat([nobody, words], -1).log_softmax(-1)
        for row, a in zip(scores, asked, strict=True):
            if a.right:
                losses.append(-torch.logsumexp(row[[1 + n for n in a.right]], 0))
            elif a.wrong:
                mass = row[[1 + n for n in a.wrong]].exp().sum().clamp(max=0.999)
                losses.append(-torch.log1p(-mass))
            else:
                losses.append(-row[0])
    return torch.stack(losses).mean()
