"""The network: MiniLM with a table for typography, word tags and two pointers.

Written out in plain tensors so that what is trained is what is exported. The encoder's weights
come from a package that carries them (see `CARD.md`); no library code for models is needed.
"""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.extract.engine.features import FEATURES

BUCKETS = 24
"""Classes of signed distance for the pointers' biases: exact below four, then by logarithm."""
TAGS = 7
"""Outside, then begin and inside of source, cue and content."""
NAMED = 4
"""No name, then a name of a person, of a body, of a place."""
KINDS = (
    "person", "organisation", "spokesperson", "anonymous", "group", "document", "outlet", "author",
)  # fmt: skip
"""What a source can be; behind them the voice head has one number for a withheld name."""
STANCES = ("says", "denies", "declines", "asks", "believes", "intends")
POLNEAR, GENRES = 0, 1
"""The guides that labels follow: PolNeAR's wide one, and ours for articles of other genres."""
NEITHER = -1
"""The guide of a text whose statements nobody labelled, or that reads like the other corpus."""
ROWS = 5
"""Distance tables: cue, source, the mention meant, and the inner statements' cue and source."""
HEADS = (
    "tag", "link", "bias", "feat", "who", "named", "told", "inner", "inlink", "voice", "stance",
    "guide",
)  # fmt: skip


def number_type() -> torch.dtype:
    """What to reckon in: half as many bits only where the processor has instructions for them."""
    flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    fast = "amx_bf16" in flags or "avx512_bf16" in flags
    return torch.bfloat16 if fast else torch.float32


NUMBERS = number_type()


def buckets(places: Tensor) -> Tensor:
    """The distance class of every pair of places, rows to columns."""
    distance = places[None] - places[:, None]
    size = distance.abs().float()
    far = 4 + torch.log2(size.clamp(min=4) / 4) * 1.5
    near = torch.where(size < 4, size, far).long().clamp(max=BUCKETS // 2 - 1)
    return near + (distance < 0).long() * (BUCKETS // 2)


class Dropout(nn.Module):
    """Dropout from one mask drawn beforehand: drawing anew takes an eighth of a step on a CPU."""

    pool: Tensor | None = None

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        if Dropout.pool is None:
            kept = torch.rand(1 << 23) >= self.share
            Dropout.pool = (kept.float() / (1 - self.share)).to(NUMBERS)
        size, pool = x.numel(), Dropout.pool
        if size > pool.numel():
            return functional.dropout(x, self.share)
        start = int(torch.randint(0, pool.numel() - size + 1, ()))
        return x * pool[start : start + size].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One encoder layer; no dropout on the attention, which is slow and brings nothing here."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor, add: Tensor | None, pack: "Pack | None" = None) -> Tensor:
        packed = self.qkv(x)
        if pack:
            packed = pack.spread(packed)
        batch, length, width = packed.shape[0], packed.shape[1], x.shape[-1]
        size = width // self.heads
        parts = packed.view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        weight = query @ key.transpose(2, 3) * size**-0.5
        if add is not None:
            weight = weight + add
        mixed = torch.softmax(weight, -1).to(value.dtype) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        if pack:
            mixed = pack.gather(mixed)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Pack:
    """Windows of unlike lengths without their filling: only attention sees them side by side."""

    def __init__(self, mask: Tensor) -> None:
        self.shape = mask.shape
        self.at = mask.flatten().nonzero()[:, 0]

    def gather(self, x: Tensor) -> Tensor:
        """The pieces that are no filling, in a row."""
        return x.flatten(0, 1).index_select(0, self.at)

    def spread(self, x: Tensor) -> Tensor:
        """The pieces back in their windows, zero where there is none."""
        whole = x.new_zeros(self.shape.numel(), x.shape[-1])
        return whole.index_copy(0, self.at, x).view(*self.shape, x.shape[-1])


class Net(nn.Module):
    """Tags for word pieces, and queries and keys for the pointers: cue, source, pronoun."""

    def __init__(self, layers: int = 6, width: int = 384, link: int = 64) -> None:
        super().__init__()
        self.k = link
        self.word = nn.Embedding(30522, width)
        self.pos = nn.Embedding(512, width)
        self.feat = nn.Embedding(FEATURES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.drop = Dropout(0.1)
        self.layers = nn.ModuleList(Layer(width, 12, 4 * width, 0.1) for _ in range(layers))
        self.tag = nn.Linear(width, TAGS)
        self.link = nn.Linear(width, 4 * link)
        self.who = nn.Linear(width, 2 * link)
        self.named = nn.Linear(width, NAMED)
        self.told = nn.Linear(width, TAGS)
        self.inner = nn.Linear(width, TAGS)
        self.inlink = nn.Linear(width, 4 * link)
        self.voice = nn.Linear(width, len(KINDS) + 1)
        self.stance = nn.Linear(width, len(STANCES))
        self.guide = nn.Linear(width, 2)
        self.bias = nn.Parameter(torch.zeros(ROWS, BUCKETS))
        nn.init.zeros_(self.feat.weight)

    def load_minilm(self, path: str) -> None:
        """Take the encoder's weights from MiniLM's own file."""
        weights = {name.removeprefix("bert."): w for name, w in load_file(path).items()}
        table = "embeddings.{}_embeddings.weight"
        self.word.weight.data.copy_(weights[table.format("word")])
        kind = weights[table.format("token_type")][0]
        self.pos.weight.data.copy_(weights[table.format("position")] + kind)
        for part in ("weight", "bias"):
            getattr(self.norm, part).data.copy_(weights[f"embeddings.LayerNorm.{part}"])
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                heads = [
                    weights[f"{at}attention.self.{n}.{part}"] for n in ("query", "key", "value")
                ]
                getattr(layer.qkv, part).data.copy_(torch.cat(heads))
                for own, name in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    getattr(getattr(layer, own), part).data.copy_(weights[f"{at}{name}.{part}"])

    def encode(self, ids: Tensor, marks: Tensor, mask: Tensor | None = None) -> Tensor:
        """Hidden states of word pieces, batch by length by width."""
        x = self.word(ids) + self.pos(torch.arange(ids.shape[1]))[None] + self.feat(marks)
        if mask is None:
            x = self.norm(x)
            for layer in self.layers:
                x = layer(x, None)
            return x
        pack = Pack(mask)
        x = self.drop(self.norm(pack.gather(x)))
        add = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, add, pack)
        return pack.spread(self.drop(x))

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        x = self.encode(ids, marks, mask)
        return self.tag(x), self.link(x)

    def links(
        self, z: Tensor, places: Tensor, columns: Tensor, rows: tuple[int, int] = (0, 1)
    ) -> tuple[Tensor, Tensor]:
        """Scores of content to cue and of cue to source, for pairs of places in each window."""
        q1, k1, q2, k2 = z.float().split(self.k, -1)
        near, scale = buckets(places), self.k**-0.5
        closed = (1 - columns.float())[:, None] * -1e4
        cue = q1 @ k1.transpose(1, 2) * scale + self.bias[rows[0]][near] + closed
        source = q2 @ k2.transpose(1, 2) * scale + self.bias[rows[1]][near] + closed
        return cue, source


class Words(nn.Module):
    """The exported form: one window, read at the first piece of each word.

    Takes piece numbers and typography numbers (one by length) and the places of the words' first
    pieces. Gives log-probabilities of tags by either guide (words by 7), of each word's cue and of
    each word's source (words by 1 + words, the first column for none); the same three of the
    statements inside statements; each word's query and key for the mention that it points back to
    (1 + words, the first row for nothing in reach, by twice the pointer's width, scaled so that the
    product of a query and a key is the score); log-probabilities of what the word names (words by
    4); scores of kinds and of a withheld name at a source's words and of stances at a cue's (words
    by 9, words by 6); and log-probabilities of the guide (2). What the pointer of mentions adds for
    distance stands in the card.
    """

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, marks: Tensor, places: Tensor) -> tuple[Tensor, ...]:
        net = self.net
        x = net.encode(ids, marks)[0]
        columns = torch.cat([torch.zeros(1, dtype=torch.long), places])
        x = x[columns]
        near = buckets(columns)[1:]
        tags, told, inner = (
            torch.log_softmax(head(x[1:]), -1) for head in (net.tag, net.told, net.inner)
        )
        cue, source = self._links(net.link(x), near, 0)
        in_cue, in_source = self._links(net.inlink(x), near, 3)
        query, key = net.who(x).split(net.k, -1)
        who = torch.cat([query * net.k**-0.5, key], -1)
        named = torch.log_softmax(net.named(x[1:]), -1)
        guide = torch.log_softmax(net.guide(x[1:].mean(0)), -1)
        return (
            tags, cue, source, who, named, told, inner, in_cue, in_source,
            net.voice(x[1:]), net.stance(x[1:]), guide,
        )  # fmt: skip

    def _links(self, z: Tensor, near: Tensor, row: int) -> tuple[Tensor, Tensor]:
        q1, k1, q2, k2 = z.split(self.net.k, -1)
        scale = self.net.k**-0.5
        cue = q1[1:] @ k1.T * scale + self.net.bias[row][near]
        source = q2[1:] @ k2.T * scale + self.net.bias[row + 1][near]
        return torch.log_softmax(cue, -1), torch.log_softmax(source, -1)
