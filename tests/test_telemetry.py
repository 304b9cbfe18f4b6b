"""Nothing leaves the machine: every look-up, connection and file of the real programs, under
strace.

Native code of a library can't be seen from Python; the kernel sees it. Without strace the tests are
skipped, except where CI says that they must run (`ONRECORD_STRACE=1`).
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
HOLD = 40
"""Seconds: onnxruntime's telemetry made its first look-up after about thirty."""
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(
        shutil.which("strace") is None and "ONRECORD_STRACE" not in os.environ,
        reason="no strace here",
    ),
]
_CALL = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg|bind)\((.*)")
_OPEN = re.compile(r'open(?:at|at2)?\((?:AT_FDCWD, |\d+, )?"([^"]*)", ([A-Z_|{}a-z=]+)')
_WRITES = ("O_WRONLY", "O_RDWR", "O_CREAT")
_LOCAL = ("AF_UNIX", "AF_NETLINK", "NULL")


class Trace:
    """What a program and all its processes did."""

    def __init__(self, path: Path) -> None:
        self.lines = path.read_text("utf-8", "replace").splitlines()

    def calls(self) -> list[str]:
        """Calls that send something or connect somewhere, or listen to more than this machine."""
        found = []
        for line in self.lines:
            match = _CALL.search(line)
            if match is None or any(word in match[2] for word in _LOCAL):
                continue
            if match[1] == "bind" and any(host in match[2] for host in ('"127.0.0.1"', '"::1"')):
                continue  # urllib3 tries so whether there is IPv6
            found.append(line)
        return found

    def written(self, *allowed: Path) -> list[str]:
        """Files that were opened for writing outside what was named."""
        found = []
        for line in self.lines:
            match = _OPEN.search(line)
            if not match or not any(flag in match[2] for flag in _WRITES):
                continue
            path = match[1]
            if path.startswith(("/dev/", "/proc/self/")) or " = -1 " in line:
                continue
            if not any(Path(path).is_relative_to(folder) for folder in allowed):
                found.append(line)
        return found

    def names(self, word: str) -> list[str]:
        """Lines that hold a word."""
        return [line for line in self.lines if word in line.lower()]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "home"
    made.mkdir()
    yield made
    assert list(made.rglob("*")) == [], "something was put into the user's home"


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "RAY_", "XDG_"))}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


def traced(
    tmp_path: Path, home: Path, *args: str, asked: bool = False, folder: Path | None = None
) -> "subprocess.Popen[bytes]":
    command = ["strace", "-f", "-qq", "-e", "trace=network,open,openat,openat2", "-e", "signal=none",
               "-o", str(tmp_path / "trace"), sys.executable, *args]  # fmt: skip
    return subprocess.Popen(
        command, env={**environment(home), "TMPDIR": str(folder or home)}, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        stdin=subprocess.PIPE if asked else None,
    )  # fmt: skip


def nothing_left(trace: Trace, *allowed: Path) -> None:
    assert len(trace.lines) > 50, "the trace is there"
    assert trace.calls() == []
    assert trace.written(*allowed) == []
    assert trace.names("microsoft") == []


def test_check_and_verify_send_nothing_and_write_what_was_named(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><p>" + "It will close, a source said. " * 20 + "</p></body></html>"
    )
    running = traced(
        tmp_path, home, "-m", "onrecord", "check", str(EXAMPLES / "quay-repairs.txt"), str(page),
        "--against", str(EXAMPLES / "quay-council-transcript.txt"), "--format", "html",
        "-o", str(out / "page.html"), "--write-baseline", str(out / "known.json"),
    )  # fmt: skip
    _, said = running.communicate(timeout=600)
    assert running.returncode == 0, said
    nothing_left(Trace(tmp_path / "trace"), out)


def test_a_process_that_holds_the_model_sends_nothing(tmp_path: Path, home: Path) -> None:
    code = (
        "import time, onrecord\n"
        "model = onrecord.load_model()\n"
        "for article in onrecord.read(b'Quay shut\\n\\nIt will close, a source said.'):\n"
        "    onrecord.lint(onrecord.analyse(article))\n"
        f"time.sleep({HOLD})\n"
    )
    running = traced(tmp_path, home, "-c", code)
    _, said = running.communicate(timeout=600)
    assert running.returncode == 0, said
    nothing_left(Trace(tmp_path / "trace"))


def test_a_server_of_forty_seconds_sends_nothing(tmp_path: Path, home: Path) -> None:
    running = traced(
        tmp_path, home, "-m", "onrecord", "serve", "--port", "0", str(EXAMPLES / "quay-repairs.txt")
    )
    assert running.stdout
    address = running.stdout.readline().decode()
    port = int(address.split(":")[2].split("/")[0])
    script = (
        "import http.client, sys\n"
        "link = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=300)\n"
        "link.request('POST', '/api/check', b'{\"text\": \"It will close, a source said.\"}',"
        " {'Content-Type': 'application/json'})\n"
        "print(link.getresponse().status)\n"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script, str(port)], capture_output=True, check=False, timeout=600
    )
    assert asked.stdout.strip() == b"200"
    time.sleep(HOLD)
    children = subprocess.run(
        ["pgrep", "-P", str(running.pid)], capture_output=True, check=False
    ).stdout.split()
    for pid in children:
        os.kill(int(pid), signal.SIGINT)
    running.communicate(timeout=120)
    nothing_left(Trace(tmp_path / "trace"))


def test_a_batch_sends_nothing(tmp_path: Path, home: Path) -> None:
    pytest.importorskip("pyarrow")
    helped = subprocess.run(
        [sys.executable, "-m", "onrecord", "batch", "--help"], capture_output=True, check=False
    )
    if helped.returncode:
        pytest.skip("no batch here")
    given = tmp_path / "many.jsonl"
    given.write_text('{"id": "a", "text": "It will close, a source said."}\n' * 1)
    out = tmp_path / "out"
    running = traced(tmp_path, home, "-m", "onrecord", "batch", str(given), "--out", str(out))
    _, said = running.communicate(timeout=600)
    assert running.returncode in (0, 1), said
    nothing_left(Trace(tmp_path / "trace"), out, home)


def test_ray_talks_to_this_machine_alone(tmp_path: Path, home: Path) -> None:
    pytest.importorskip("ray")
    psutil = pytest.importorskip("psutil")

    given = tmp_path / "many.jsonl"
    given.write_text('{"id": "a", "text": "It will close, a source said."}\n')
    out = tmp_path / "out"
    # Ray leaves its logs in the folder for temporary files, and wants its name short.
    folder = tempfile.mkdtemp(dir="/tmp")
    running = traced(
        tmp_path, home, "-m", "onrecord", "batch", str(given), "--out", str(out), "--engine", "ray",
        folder=Path(folder),
    )  # fmt: skip
    _, said = running.communicate(timeout=600)
    shutil.rmtree(folder, ignore_errors=True)
    assert running.returncode in (0, 1), said
    own = {a.address for found in psutil.net_if_addrs().values() for a in found} | {"::", "0.0.0.0"}
    # Ray connects a datagram socket there to learn its own address: nothing is sent.
    own.add("8.8.8.8")
    trace = Trace(tmp_path / "trace")
    asked = {
        address.removeprefix("::ffff:")
        for line in trace.calls()
        for address in re.findall(r'(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"', line)
    }
    assert asked <= own, asked - own
    assert not [line for line in trace.calls() if "sendto" in line and "8.8.8.8" in line]
    assert trace.names("usage-stats") == []
    assert trace.names("169.254.169.254") == []


def test_a_ledger_sends_nothing(tmp_path: Path, home: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for args in (["add", str(EXAMPLES)], ["search", "quay"], ["stats"]):
        running = traced(
            tmp_path, home, "-m", "onrecord", "ledger", *args, "--db", str(kept / "a.db")
        )
        _, said = running.communicate(timeout=600)
        assert running.returncode in (0, 1), said
        nothing_left(Trace(tmp_path / "trace"), kept)


def test_spacy_s_component_sends_nothing(tmp_path: Path, home: Path) -> None:
    pytest.importorskip("spacy")
    code = (
        "import time, spacy\n"
        "nlp = spacy.blank('en')\n"
        "nlp.add_pipe('onrecord')\n"
        "nlp('Quay shut\\n\\nIt will close, a source said.')\n"
        f"time.sleep({HOLD})\n"
    )
    running = traced(tmp_path, home, "-c", code)
    _, said = running.communicate(timeout=600)
    assert running.returncode == 0, said
    nothing_left(Trace(tmp_path / "trace"), home)


def spoken(running: "subprocess.Popen[bytes]", *messages: bytes) -> None:
    """Say something to a program on its standard input, wait, and close that."""
    assert running.stdin is not None
    for message in messages:
        running.stdin.write(message)
        running.stdin.flush()
        time.sleep(2)
    time.sleep(HOLD)
    said, _ = running.communicate(timeout=120)
    assert b"ANO" in said, said[-500:]


def test_the_server_for_agents_sends_nothing(tmp_path: Path, home: Path) -> None:
    pytest.importorskip("mcp")
    running = traced(tmp_path, home, "-m", "onrecord", "mcp", asked=True)
    begin = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }  # fmt: skip
    begun = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    ask = {
        "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {
            "name": "check_article", "arguments": {"text": "Quay shut\n\nIt will close, a source said."},
        },
    }  # fmt: skip
    spoken(running, *(json.dumps(m).encode() + b"\n" for m in (begin, begun, ask)))
    nothing_left(Trace(tmp_path / "trace"))


def test_the_server_for_editors_sends_nothing(tmp_path: Path, home: Path) -> None:
    pytest.importorskip("pygls")
    running = traced(tmp_path, home, "-m", "onrecord", "lsp", asked=True)
    document = {
        "uri": (tmp_path / "a.txt").as_uri(), "languageId": "plaintext", "version": 1,
        "text": "Quay shut\n\nIt will close, a source said.",
    }  # fmt: skip
    begin = {
        "id": 1,
        "method": "initialize",
        "params": {"processId": None, "rootUri": None, "capabilities": {}},
    }
    begun = {"method": "initialized", "params": {}}
    opened = {"method": "textDocument/didOpen", "params": {"textDocument": document}}
    framed = []
    for message in (begin, begun, opened):
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        framed.append(b"Content-Length: %d\r\n\r\n%s" % (len(raw), raw))
    spoken(running, *framed)
    nothing_left(Trace(tmp_path / "trace"))


def test_the_switch_is_set_before_anything_is_imported() -> None:
    code = (
        "import onrecord, os, sys; print(os.environ['ORT_DISABLE_TELEMETRY'],"
        " os.environ['RAY_USAGE_STATS_ENABLED'], 'onnxruntime' in sys.modules)"
    )
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "RAY_"))}
    made = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=kept, check=True
    )
    assert made.stdout.split() == ["1", "0", "False"]


def test_who_imports_onnxruntime_first_is_warned() -> None:
    code = "import sys, types; sys.modules['onnxruntime'] = types.ModuleType('x'); import onrecord"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ORT_")}
    made = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=kept, check=True
    )
    assert "ORT_DISABLE_TELEMETRY=1" in made.stderr
