"""The command line, run as often as tests like: one process has loaded the package, and is forked.

Starting Python, the model and the patterns takes a second; a fork of a process that has them takes
none. Each run has its own process, folder, environment, standard input and outputs, as a shell would
give it. What is special about a start itself (what it imports, shells, signals) is tested with
`subprocess`.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_LONGEST = 1 << 20
WARM = "Quay to shut\n\n“We shut on 6 May,” said Ann Lee, 40, the mayor, citing two sources."
_LOADED = ("onrecord.cli", "onrecord.extract", "onrecord.rules", "onrecord.report.html")


def onrecord(
    *args: str,
    given: bytes | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run `onrecord ARGS` and wait for it; `env` is added to the environment.

    One that changes what Python imports gets a start of its own.
    """
    around = {**os.environ, **(env or {})}
    if env and "PYTHONPATH" in env:
        command = [sys.executable, "-m", "onrecord", *args]
        return subprocess.run(
            command, input=given, capture_output=True, cwd=cwd, env=around, check=False
        )
    with (
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        stdin.write(given or b"")
        stdin.seek(0)
        asked = {
            "args": [os.fsencode(a).hex() for a in args],
            "cwd": str(cwd or Path.cwd()),
            "env": around,
        }
        files = [stdin.fileno(), out.fileno(), err.fileno()]
        line, _ = _ready()
        socket.send_fds(line, [json.dumps(asked).encode()], files)
        status = json.loads(line.recv(_LONGEST))
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(
            ["onrecord", *args], os.waitstatus_to_exitcode(status), out.read(), err.read()
        )


def read(made: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    """The same with its outputs as text."""
    out, err = made.stdout.decode(), made.stderr.decode()
    return subprocess.CompletedProcess(made.args, made.returncode, out, err)


@cache
def _ready() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """The line to the process that has all loaded, and that process: it ends with the line."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for side in (ours, theirs):
        side.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST)
    command = [sys.executable, "-P", str(Path(__file__)), str(theirs.fileno())]
    loaded = subprocess.Popen(command, pass_fds=[theirs.fileno()])
    theirs.close()
    atexit.register(_end, ours, loaded)
    return ours, loaded


def _end(line: socket.socket, loaded: subprocess.Popen[bytes]) -> None:
    line.close()
    loaded.wait()


def _serve(line: socket.socket) -> None:
    """Fork for each run that is asked for, and say how it ended."""
    for name in _LOADED:
        __import__(name)
    import onrecord

    onrecord.lint(onrecord.analyse(onrecord.read_text(WARM)))  # what is made once is made now
    while True:
        message, files, _, _ = socket.recv_fds(line, _LONGEST, 3)
        if not message:
            return
        child = os.fork()
        if child == 0:
            _become(json.loads(message), files)
        for number in files:
            os.close(number)
        line.send(json.dumps(os.waitpid(child, 0)[1]).encode())


def _become(asked: dict[str, Any], files: list[int]) -> None:
    """Be the program: its arguments, folder, environment and files; never returns."""
    code: Any = 1
    try:
        os.chdir(asked["cwd"])
        os.environ.clear()
        os.environ.update(asked["env"])
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.argv = ["onrecord", *(os.fsdecode(bytes.fromhex(a)) for a in asked["args"])]
        from onrecord.cli import main

        main()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
