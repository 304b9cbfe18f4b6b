"""Ledgers to test on: SQLite always; PostgreSQL where a server can be started, else skipped with
why."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import create_engine, text

from onrecord.ledger import Ledger, create_ledger
from onrecord.records import Analysis
from onrecord.testing import parse


def binaries() -> Path | None:
    """Where PostgreSQL's programs are: the wheel `pgserver`, else Debian's package."""
    found = find_spec("pgserver")  # importing it would start its own housekeeping
    wheel = Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((p for p in [wheel, *debian] if p and (p / "initdb").exists()), None)


def somebody() -> str | None:
    """A user to run the server as, for it refuses root; None where we are nobody special."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), "nobody")


class Server:
    """A PostgreSQL server in a folder of its own, reached by a socket there."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        self.user = somebody()
        if self.user:
            folder.chmod(0o755)
            shutil.chown(folder, self.user)
        self._run(
            "initdb", "-D", str(folder / "data"), "-U", "tester", "--auth=trust", "-E", "UTF8"
        )
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        self._run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", str(folder / "log"),
                  "-o", options, "start")  # fmt: skip
        self.count = 0

    def _run(self, program: str, *args: str) -> None:
        done = subprocess.run(
            [str(self.programs / program), *args],
            check=False, user=self.user, cwd=self.folder, capture_output=True, text=True, timeout=120,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        if done.returncode:
            raise OSError(f"{program}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")

    def database(self) -> str:
        """The URL of a new, empty database."""
        self.count += 1
        name = f"t{self.count}"
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)

    def url(self, name: str) -> str:
        """The URL of a database."""
        return f"postgresql+psycopg://tester@/{name}?host={self.folder}"

    def stop(self) -> None:
        """Stop the server."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not here: install the wheel pgserver")
    # A socket's path must be short, and the server's user must get there.
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-", dir="/tmp") as folder:
        try:
            made = Server(Path(folder), programs)
        except (OSError, subprocess.SubprocessError, PermissionError) as error:
            pytest.skip(f"PostgreSQL can't be started: {error}")
        yield made
        made.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger can be made, on either database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    started: Server = request.getfixturevalue("server")
    return started.database()


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    made = create_ledger(where)
    yield made
    made.close()


@pytest.fixture
def file_ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = create_ledger(str(tmp_path / "ledger.db"))
    yield made
    made.close()


def article(
    marked: str,
    outlet: str | None = None,
    published: str | None = None,
    *,
    url: str | None = None,
    input: str | None = None,
    minors: tuple[str, ...] = (),
) -> Analysis:
    """The analysis that a marked text writes out, as an article of an outlet."""
    analysis, _ = parse(marked)
    changes: dict[str, Any] = {
        "outlet": outlet,
        "published": date.fromisoformat(published) if published else None,
        "url": url,
        "input": input or f"{outlet}-{published}-{analysis.article.id}",
    }
    made = msgspec.structs.replace(analysis.article, **changes)
    people = tuple(
        msgspec.structs.replace(p, minor=True) if p.name in minors else p for p in analysis.people
    )
    return msgspec.structs.replace(analysis, article=made, people=people)
