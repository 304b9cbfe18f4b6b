"""The folder of results: shards that are written beside and moved whole, a manifest, journals.

`_manifest.jsonl` begins with what the data set was made with and has a line for each finished
shard, in their order, and at last one that says that it is complete. While a shard is at work, its
articles' results stand in a journal below `_work`, so that a stop loses only what was being read.
Nothing in the finished folder tells when, how often or on how many processes it was made.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import IO, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import OutputError
from . import schemas, worker

MANIFEST, WORK = "_manifest.jsonl", "_work"
_FRAME = struct.Struct("<II8s")
_NEW = "Give a new folder with --out, or delete this one."


class Journal:
    """The results of one shard's inputs, appended as they come; whatever is torn is left out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done: dict[int, bytes] = {}
        """Digest of each input whose result is here, by its index."""
        whole = 0
        if path.exists():
            for index, digest, end, _ in self._frames():
                self.done[index] = digest
                whole = end
        self._file = path.open("ab", buffering=0)
        self._file.truncate(whole)

    def add(self, index: int, digest: bytes, result: bytes) -> None:
        """Append the result of an input."""
        body = index.to_bytes(4, "little") + result
        frame = _FRAME.pack(len(body), zlib.crc32(body), digest) + body
        written = self._file.write(frame)
        if written != len(frame):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.done[index] = digest

    def digest(self, inputs: int) -> str:
        """The digest of so many inputs, as far as their results are here."""
        total = hashlib.blake2b(digest_size=16)
        for index in range(inputs):
            total.update(self.done.get(index, b""))
        return total.hexdigest()

    def results(self, inputs: int) -> list[bytes]:
        """The results of so many inputs, in their order; of one that stands here twice, the
        last."""
        found = {index: body for index, _, _, body in self._frames()}
        return [found[index] for index in range(inputs)]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _frames(self) -> Iterator[tuple[int, bytes, int, bytes]]:
        """Index, digest, end and result of each whole frame."""
        end = 0
        with self._path.open("rb") as file:
            while len(head := file.read(_FRAME.size)) == _FRAME.size:
                length, check, digest = _FRAME.unpack(head)
                body = file.read(length)
                if len(body) < max(length, 4) or zlib.crc32(body) != check:
                    return
                end += _FRAME.size + length
                yield int.from_bytes(body[:4], "little"), digest, end, body[4:]


class Dataset:
    """A data set that is begun or gone on with. Use it as a context: it holds the folder's lock.

    `header` is what it is made with. Raises `OutputError` for a folder of something else, of
    another version, other settings or other inputs, and for one that another process writes.
    """

    def __init__(self, folder: Path, header: dict[str, Any]) -> None:
        self.folder, self._header = folder, header
        self.shards: list[dict[str, Any]] = []
        """What the manifest says of each finished shard."""
        self.summary: dict[str, Any] | None = None
        """What it says at last, once it is complete."""
        self._journals: dict[int, Journal] = {}
        with self.faults():
            folder.mkdir(parents=True, exist_ok=True)
            self._begin()

    def __enter__(self) -> "Dataset":
        return self

    def __exit__(self, *_: object) -> None:
        for journal in self._journals.values():
            journal.close()
        self._file.close()

    @contextlib.contextmanager
    def faults(self) -> Iterator[None]:
        """Faults of the disk become an `OutputError` that says what to do."""
        try:
            yield
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            what = "the disk is full." if full else f"can't be written ({error.strerror or error})."
            remedy = "Make room" if full else "Mend that"
            raise OutputError(
                str(self.folder), what, f"{remedy}, then run the same command again: it goes on."
            ) from error

    def _begin(self) -> None:
        path = self.folder / MANIFEST
        others = [n for n in os.listdir(self.folder) if n not in (MANIFEST, WORK)]
        found = path.exists() and b"\n" in path.read_bytes()[: 1 << 20]
        if others and not found:
            what = f"the folder isn't empty, and holds no data set of onrecord's ({others[0]}, …)."
            raise OutputError(str(self.folder), what, _NEW)
        self._file: IO[bytes] = path.open("a+b")
        try:
            self._go_on()
        except BaseException:
            self._file.close()
            raise

    def _go_on(self) -> None:
        """Read the manifest, or begin it."""
        _lock(self._file, self.folder)
        self._file.seek(0)
        whole = self._file.read()
        lines = whole[: whole.rfind(b"\n") + 1].splitlines()
        self._file.truncate(whole.rfind(b"\n") + 1)
        if not lines:
            self._append(self._header)
        else:
            self._compare(lines[0])
            for line in lines[1:]:
                said = msgspec.json.decode(line)
                if said.get("complete"):
                    self.summary = said
                else:
                    self.shards.append(said)
            self._check_files()
        if self.summary is None:
            (self.folder / WORK).mkdir(exist_ok=True)

    def _compare(self, line: bytes) -> None:
        """Refuse what this run would not have made."""
        try:
            theirs = msgspec.json.decode(line)
            same = theirs["format"] == self._header["format"]
        except (msgspec.DecodeError, KeyError, TypeError):
            same = False
        if not same:
            what = f"{MANIFEST} is not of an onrecord data set."
            raise OutputError(str(self.folder), what, _NEW)
        ours = msgspec.json.decode(msgspec.json.encode(self._header))
        for key, of in (
            ("tables", "tables of version"), ("onrecord", "onrecord"), ("model", "the model"),
        ):  # fmt: skip
            if theirs.get(key) != ours[key]:
                what = (
                    f"it was begun with {of} {_shown(theirs.get(key))}; this is"
                    f" {_shown(ours[key])}."
                )
                remedy = f"Go on with that version, or: {_NEW[0].lower()}{_NEW[1:]}"
                raise OutputError(str(self.folder), what, remedy)
        differing = [
            f"{key} was {_shown(theirs['settings'].get(key))}, is"
            f" {_shown(ours['settings'].get(key))}"
            for key in sorted({*theirs["settings"], *ours["settings"]})
            if theirs["settings"].get(key) != ours["settings"].get(key)
        ]
        if differing:
            what = f"it was begun with other settings: {'; '.join(differing)}."
            raise OutputError(str(self.folder), what, f"Use the same options. Else: {_NEW}")
        if theirs["inputs"] != ours["inputs"]:
            was, now = theirs["inputs"], ours["inputs"]
            what = (
                f"it was begun with other inputs: {was['files']} files of {was['bytes']:,} bytes"
                f" then, {now['files']} of {now['bytes']:,} now, or under other names."
            )
            raise OutputError(str(self.folder), what, f"Name the same inputs. Else: {_NEW}")

    def _check_files(self) -> None:
        for said in self.shards:
            for table, size in said["bytes"].items():
                path = self._part(table, said["shard"])
                if not path.exists() or path.stat().st_size != size:
                    what = f"{path.relative_to(self.folder)} is missing or was changed."
                    raise OutputError(str(self.folder), what, _NEW)

    def _part(self, table: str, shard: int) -> Path:
        return self.folder / table / f"shard={shard:05}" / "part-0.parquet"

    def _append(self, line: dict[str, Any]) -> None:
        self._file.write(msgspec.json.encode(line) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def journal(self, shard: int) -> Journal:
        """The journal of a shard that is not finished."""
        if shard not in self._journals:
            self._journals[shard] = Journal(self.folder / WORK / f"shard-{shard:05}.journal")
        return self._journals[shard]

    def journals(self) -> dict[int, dict[int, bytes]]:
        """For each shard that an earlier run left open, the digests of the inputs it had read."""
        found = {}
        for path in sorted((self.folder / WORK).glob("shard-*.journal")):
            shard = int(path.stem.removeprefix("shard-"))
            if shard < len(self.shards):
                path.unlink()  # finished, and the run stopped before this was taken away
            else:
                found[shard] = dict(self.journal(shard).done)
        return found

    def finish(self, shard: int, inputs: int, digest: str) -> bool:
        """Write a shard if the results of all its inputs are in its journal; whether they are.

        Shards are finished in their order.
        """
        journal = self.journal(shard)
        if len(journal.done) < inputs or journal.digest(inputs) != digest:
            return False
        results = [worker.decode_results(body) for body in journal.results(inputs)]
        said: dict[str, Any] = {"shard": shard, "inputs": inputs, "digest": digest, "bytes": {}}
        made = {name: _table(results, name) for name in schemas.TABLES}
        beside = {name: self.folder / WORK / f"{name}.parquet" for name in made}
        for name, table in made.items():
            with beside[name].open("wb") as file:
                pq.write_table(table, file, compression="zstd", version="2.6")
                file.flush()
                os.fsync(file.fileno())
            said[name] = table.num_rows
            said["bytes"][name] = beside[name].stat().st_size
        said["unread"] = sum(made["problems"]["fatal"].to_pylist())
        for name, path in beside.items():
            target = self._part(name, shard)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
            _sync(target.parent)
        self._append(said)
        self.shards.append(said)
        self._journals.pop(shard).close()
        (self.folder / WORK / f"shard-{shard:05}.journal").unlink()
        return True

    def complete(self, skipped: dict[str, int]) -> dict[str, Any]:
        """Say in the manifest that all is there, with the sums."""
        keys = ("inputs", *schemas.TABLES, "unread")
        sums = {key: sum(said[key] for said in self.shards) for key in keys}
        shutil.rmtree(self.folder / WORK, ignore_errors=True)
        self.summary = {
            "complete": True, "shards": len(self.shards), **sums,
            "skipped": dict(sorted(skipped.items())),
        }  # fmt: skip
        self._append(self.summary)
        return self.summary


def _table(results: list[pa.RecordBatch], name: str) -> pa.Table:
    """All rows of a table, in one piece, so that the same rows make the same file."""
    schema = schemas.TABLES[name].with_metadata({"onrecord.tables": str(schemas.VERSION)})
    parts = [
        pa.RecordBatch.from_struct_array(batch.column(name).flatten()).cast(schema)
        for batch in results
    ]
    return pa.Table.from_batches(parts, schema).combine_chunks()


def header(settings: dict[str, Any], files: list[str], sizes: list[int]) -> dict[str, Any]:
    """What a data set is made with: versions, settings, inputs; the manifest's first line."""
    from .. import __version__

    total = hashlib.blake2b(digest_size=16)
    for file, size in zip(files, sizes, strict=True):
        total.update(f"{size} {file}\n".encode("utf-8", "surrogateescape"))
    return {
        "format": "onrecord data set",
        "tables": schemas.VERSION,
        "onrecord": __version__,
        "model": _model(),
        "settings": settings,
        "inputs": {"files": len(files), "bytes": sum(sizes), "digest": total.hexdigest()},
    }


def _model() -> str:
    """The model in the package: its name, its version, and the start of its weights' digest."""
    card = resources.files("onrecord") / "models" / "en" / "card.json"
    if not card.is_file():
        return "none"
    said = msgspec.json.decode(card.read_bytes())
    return f"{said['name']} {said['version']} ({said['files'].get('weights.onnx', '')[:12]})"


def _lock(file: IO[bytes], folder: Path) -> None:
    """Hold the folder for this process until it ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows: two runs into one folder are the user's to avoid
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            return  # a file system without locks
        what = "another onrecord is writing into this folder."
        raise OutputError(str(folder), what, "Wait for it, or stop it.") from error


def _sync(folder: Path) -> None:
    """Have the system write down a folder's entries, where it can be asked to."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) else msgspec.json.encode(value).decode()
