"""One run: inputs become shards, shards become files. The engines only differ in who does the work.

A shard is cut by the inputs alone, by their number and bytes, so it is the same on every machine.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pyarrow as pa

from ..errors import OutputError
from ..records import rows
from . import schemas
from .dataset import Dataset
from .readers import Input, Reader

SHARD = 1000
"""Inputs in a shard."""
SHARD_BYTES = 64_000_000
"""Bytes of the inputs after which a shard is full, however few they are."""


class Item(msgspec.Struct, frozen=True):
    """An input in its place: the shard, its index there, the digest of what was read."""

    shard: int
    index: int
    digest: bytes
    input: Input
    taken: int = 0
    """Bytes of all inputs up to here."""

    def row(self) -> dict[str, Any]:
        """The input as a worker is given it."""
        made = self.input
        return {
            "shard": self.shard,
            "index": self.index,
            "digest": self.digest,
            "place": made.place,
            "id": made.id,
            "form": made.form,
            "content": made.content,
            "section": made.section,
            "url": made.url,
            "problems": [rows.problem_row(p, made.id) for p in made.problems],
        }

    def batch(self) -> pa.RecordBatch:
        """The same as a batch of one."""
        return pa.RecordBatch.from_pylist([self.row()], schema=schemas.ROWS)


class End(msgspec.Struct, frozen=True):
    """The end of a shard: how many inputs it has, and the digest of them all."""

    shard: int
    inputs: int
    digest: str


class Kept(msgspec.Struct, frozen=True):
    """What need not be read again: shards that are finished, inputs whose results are in
    journals."""

    finished: int
    digests: dict[int, dict[int, bytes]]

    def has(self, item: Item) -> bool:
        """Whether the results of an input are there."""
        if item.shard < self.finished:
            return True
        return self.digests.get(item.shard, {}).get(item.index) == item.digest


def shards(inputs: Reader, size: int) -> Iterator[Item | End]:
    """The inputs cut into shards, the end of each behind its last input."""
    shard, index, taken = 0, 0, 0
    total = hashlib.blake2b(digest_size=16)
    for made in inputs:
        if index and (index >= size or taken >= SHARD_BYTES):
            yield End(shard, index, total.hexdigest())
            shard, index, taken = shard + 1, 0, 0
            total = hashlib.blake2b(digest_size=16)
        digest = hashlib.blake2b(msgspec.msgpack.encode(made), digest_size=8).digest()
        total.update(digest)
        yield Item(shard, index, digest, made, inputs.taken)
        index += 1
        taken += len(made.content or b"")
    yield End(shard, index, total.hexdigest())


class Run:
    """A run into a data set: which inputs are still to be read, and what becomes of the results."""

    def __init__(self, inputs: Reader, data: Dataset, size: int = SHARD) -> None:
        self.inputs, self.data, self.size = inputs, data, size
        self.done = 0
        """Inputs whose results are there, from this run or an earlier one."""
        self.new = 0
        """Those of this run."""
        self.taken = 0
        """Bytes of the inputs whose results are there."""
        self.total = inputs.total
        """Bytes of all inputs; 0 where that isn't known."""
        self.kept = Kept(len(data.shards), data.journals())
        self.number: int | None = None
        """Shards that there are, once all inputs were read."""
        self._ends: dict[int, End] = {}

    def items(self) -> Iterator[Item]:
        """The inputs without a result. Raises `OutputError` where finished shards had others."""
        number = 0
        for found in shards(self.inputs, self.size):
            if isinstance(found, End):
                number += 1
                self.end(found)
            elif self.kept.has(found):
                self.keep(found)
            else:
                yield found
        self.number = number

    def keep(self, item: Item) -> None:
        """Count an input whose results were there before."""
        self.done += 1
        self.taken = max(self.taken, item.taken)

    def add(self, key: tuple[int, int, bytes], result: bytes, taken: int = 0) -> None:
        """Keep the result of an input, which shard, index and digest name; finish what is whole."""
        shard, index, digest = key
        with self.data.faults():
            self.data.journal(shard).add(index, digest, result)
        self.done += 1
        self.new += 1
        self.taken = max(self.taken, taken)
        self._finish()

    def end(self, end: End) -> None:
        """The inputs of a shard are all read. Those of a finished one must be what they were."""
        if end.shard >= len(self.data.shards):
            self._ends[end.shard] = end
            self._finish()
            return
        said = self.data.shards[end.shard]
        if (said["inputs"], said["digest"]) != (end.inputs, end.digest):
            what = f"the inputs have changed since shard {end.shard} was written."
            remedy = "Give a new folder with --out, or the inputs as they were."
            raise OutputError(str(self.data.folder), what, remedy)

    @property
    def whole(self) -> bool:
        """Whether all shards are finished."""
        return self.number == len(self.data.shards)

    def renew(self) -> None:
        """See anew what need not be read, for another way through the inputs."""
        self.inputs.skipped.clear()
        self._ends.clear()
        self.kept = Kept(len(self.data.shards), self.data.journals())

    def _finish(self) -> None:
        """Finish the shards whose results are all there, in their order."""
        while end := self._ends.get(len(self.data.shards)):
            with self.data.faults():
                if not self.data.finish(end.shard, end.inputs, end.digest):
                    return
            del self._ends[end.shard]


def summary_sentence(said: dict[str, Any]) -> str:
    """What a finished data set holds, in a sentence or two."""
    parts = [
        f"{said[name]:,} {name if said[name] != 1 else name[:-1]}"
        for name in ("articles", "statements", "sources", "findings")
    ]
    text = ", ".join(parts) + "."
    if said["problems"]:
        unread = (
            f", {said['unread']:,} of them inputs that could not be read" if said["unread"] else ""
        )
        text += f" {said['problems']:,} row{'s' * (said['problems'] != 1)} in problems{unread}."
    if said["skipped"]:
        text += (
            " Skipped: " + ", ".join(f"{n:,} {what}" for what, n in said["skipped"].items()) + "."
        )
    return text


Tick = Callable[[Run], None]
"""Called after every result."""
