"""How long an editor waits for a paragraph's diagnostics in a long article: over stdio, as it does.

`onrecord lsp` is started as an editor starts it and opened with an article of 20,000 words, made of
invented paragraphs. When the whole has been judged, a paragraph in its middle is edited, by turns so
that an opening quotation mark isn't closed (QUO202) and so that it is; from sending the edit until
the diagnostics of that version say so is one wait, the server's debounce included.

    python -m evals.edit_speed --words 20000 --edits 20
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from onrecord.extract import Engine

PARAGRAPH = (
    "The pier at Saltmouth would open in week {n}, Priya Nandakumar, the harbour engineer, said. "
    "“We are ready for it,” she told the council. A source at the board said that it would cost "
    "{n} pounds a day. It rained on the quay.\n\n"
)
OPEN = "“It is over, Colm Dravick said. "
URI = "file:///edit-speed/story.txt"


def article(words: int) -> str:
    """An article of at least so many words."""
    times = -(-words // len(PARAGRAPH.split()))
    return "Quay to close\n\n" + "".join(PARAGRAPH.format(n=n + 1) for n in range(times))


async def waits(text: str, edits: int, engine: Engine) -> tuple[float, list[float]]:
    """Seconds until the whole is judged, and those of each edit, from sending it on."""
    client = LanguageClient("edit-speed", "1")
    told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

    def heard(params: lsp.PublishDiagnosticsParams) -> None:
        told.put_nowait(params)

    client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(heard)
    await client.start_io(sys.executable, "-m", "onrecord", "lsp")
    await client.initialize_async(
        lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(),
            initialization_options={"engine": engine, "settle": 600_000},
        )
    )
    client.initialized(lsp.InitializedParams())
    start = time.perf_counter()
    client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(URI, "plaintext", 1, text))
    )
    while not (await told.get()).diagnostics:
        pass
    whole = time.perf_counter() - start
    at = text.index("It rained", len(text) // 2)
    line = text.count("\n", 0, at)
    made = []
    for version in range(2, edits + 2):
        opening = version % 2 == 0
        there = text[:at] + (OPEN if opening else "") + text[at:]
        sync = lsp.TextDocumentContentChangeWholeDocument(there)
        start = time.perf_counter()
        client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(uri=URI, version=version),
                [sync],
            )
        )
        while True:
            params = await told.get()
            here = {d.code for d in params.diagnostics if d.range.start.line == line}
            if params.version == version and ("QUO202" in here) == opening:
                break
        made.append(time.perf_counter() - start)
        await asyncio.sleep(0.3)
    await client.shutdown_async(None)
    client.exit(None)
    stop: Callable[[], Awaitable[None]] = client.stop
    await stop()
    return whole, made


def main() -> int:
    """Print the waits."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--words", type=int, default=20_000)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--engine", choices=("model", "baseline"), default="model")
    given = parser.parse_args()
    text = article(given.words)
    whole, made = asyncio.run(waits(text, given.edits, given.engine))
    print(f"{len(text.split())} words, {len(text)} characters; whole judged after {whole:.1f} s")
    for kind, values in (("finding comes", made[::2]), ("finding goes", made[1::2])):
        print(
            f"{kind}: median {statistics.median(values) * 1000:.0f} ms, "
            f"longest {max(values) * 1000:.0f} ms of {len(values)} edits"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
