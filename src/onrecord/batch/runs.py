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
Key = tuple[int, int]


class Item(msgspec.Struct, frozen=True):
    """An input in its place: the shard, its index there, the digest of what was read."""

    shard: int
    index: int
    digest: bytes
    input: Input
    taken: int = 0
    """Bytes of all inputs up to here."""

    def batch(self) -> pa.RecordBatch:
        """The input as a worker is given it."""
        made = self.input
        row = {
            "shard": self.shard,
            "index": self.index,
            "place": made.place,
            "id": made.id,
            "form": made.form,
            "content": made.content,
            "section": made.section,
            "url": made.url,
            "problems": [rows.problem_row(p, made.id) for p in made.problems],
        }
        return pa.RecordBatch.from_pylist([row], schema=schemas.ROWS)


class Shards:
    """The inputs cut into shards, and what is known of each shard when its last input was read."""

    def __init__(self, inputs: Reader, size: int = SHARD) -> None:
        self._inputs, self._size = inputs, size
        self.whole: dict[int, tuple[int, str]] = {}
        """Number of inputs and digest of each shard that was read to its end."""

    def __iter__(self) -> Iterator[Item]:
        shard, index, size = 0, 0, 0
        total = hashlib.blake2b(digest_size=16)
        for made in self._inputs:
            if index and (index >= self._size or size >= SHARD_BYTES):
                self.whole[shard] = index, total.hexdigest()
                shard, index, size = shard + 1, 0, 0
                total = hashlib.blake2b(digest_size=16)
            digest = hashlib.blake2b(msgspec.msgpack.encode(made), digest_size=8).digest()
            total.update(digest)
            yield Item(shard, index, digest, made, self._inputs.taken)
            index += 1
            size += len(made.content or b"")
        if index or not shard:
            self.whole[shard] = index, total.hexdigest()


class Run:
    """A run into a data set: which inputs are still to be read, and what becomes of the results."""

    def __init__(self, inputs: Reader, data: Dataset, size: int = SHARD) -> None:
        self.data = data
        self.total = inputs.total
        """Bytes of all inputs; 0 where that isn't known."""
        self.taken = 0
        """Bytes of those whose results are there."""
        self.done = 0
        """Inputs whose results are there, from this run or an earlier one."""
        self.kept = 0
        """Those of an earlier run."""
        self._shards = Shards(inputs, size)
        self._earlier = len(data.shards)

    def items(self) -> Iterator[Item]:
        """The inputs without a result. Raises `OutputError` where finished shards had others."""
        for item in self._shards:
            self._close()
            if item.shard >= self._earlier:
                journal = self.data.journal(item.shard)
                if journal.done.get(item.index) != item.digest:
                    journal.done.pop(item.index, None)
                    yield item
                    continue
            self.done += 1
            self.kept += 1
            self.taken = max(self.taken, item.taken)
        self._close()

    def add(self, item: Item, result: bytes) -> None:
        """Keep the result of an input; finish the shards that are whole."""
        with self.data.faults():
            self.data.journal(item.shard).add(item.index, item.digest, result)
        self.done += 1
        self.taken = max(self.taken, item.taken)
        self._close()

    def _close(self) -> None:
        """Finish the shards that are whole, in their order; hold the old ones against the inputs."""
        whole = self._shards.whole
        for shard in [s for s in whole if s < self._earlier]:
            inputs, digest = whole.pop(shard)
            said = self.data.shards[shard]
            if (said["inputs"], said["digest"]) != (inputs, digest):
                what = f"the inputs have changed since shard {shard} was written."
                remedy = "Give a new folder with --out, or the inputs as they were."
                raise OutputError(str(self.data.folder), what, remedy)
        while (shard := len(self.data.shards)) in whole:
            inputs, digest = whole[shard]
            with self.data.faults():
                if sum(i < inputs for i in self.data.journal(shard).done) < inputs:
                    return
                self.data.finish(shard, inputs, digest)
            del whole[shard]


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
