"""The language server as an editor drives it: over stdio, with another project's client."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from onrecord.integrations.lsp.draft import Draft, Reading, checked, difference, found_in, judged
from onrecord.records import Lint, Settings

STORY = """Quay to close

It rained 🚢 all day. “The ferry is doomed,” a source close to the board said.

“Nobody asked us,” Ann Lee, the harbour master, said. She said that an insider had told her so.
"""


@pytest_lsp.fixture(  # type: ignore[untyped-decorator]
    config=ClientServerConfig(server_command=[sys.executable, "-m", "onrecord", "lsp"])
)
async def client(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    await lsp_client.initialize_session(
        lsp.InitializeParams(
            capabilities=client_capabilities("visual-studio-code"),
            root_uri=tmp_path.as_uri(),
            initialization_options={
                "engine": "baseline",
                "debounce": 20,
                "settle": 60,
                "inlayHints": True,
            },
        )
    )
    for asked in (lsp.WORKSPACE_CODE_LENS_REFRESH, lsp.WORKSPACE_INLAY_HINT_REFRESH):
        lsp_client.feature(asked)(lambda _: None)
    yield
    await lsp_client.shutdown_session()


def begin(client: LanguageClient, path: Path, text: str, language: str = "plaintext") -> str:
    uri = path.as_uri()
    client.text_document_did_open(
        lsp.DidOpenTextDocumentParams(
            lsp.TextDocumentItem(uri=uri, language_id=language, version=1, text=text)
        )
    )
    return uri


def edit(client: LanguageClient, uri: str, text: str, version: int) -> None:
    client.text_document_did_change(
        lsp.DidChangeTextDocumentParams(
            text_document=lsp.VersionedTextDocumentIdentifier(uri=uri, version=version),
            content_changes=[lsp.TextDocumentContentChangeWholeDocument(text=text)],
        )
    )


async def shown(
    client: LanguageClient, uri: str, code: str, *, there: bool = True
) -> list[lsp.Diagnostic]:
    """The diagnostics, as soon as a code is (not) among them."""
    for _ in range(1200):
        found = list(client.diagnostics.get(uri, []))
        if uri in client.diagnostics and any(d.code == code for d in found) == there:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(
        f"{code} {'never shown' if there else 'still shown'}: {[d.code for d in found]}"
    )


def words_at(text: str, place: lsp.Range) -> str:
    """What a range covers, counted in UTF-16 units as editors do."""
    lines = text.encode("utf-16-le").split("\n".encode("utf-16-le"))
    assert place.start.line == place.end.line
    line = lines[place.start.line]
    return line[2 * place.start.character : 2 * place.end.character].decode("utf-16-le")


@pytest.mark.asyncio
async def test_open_hover_lens_symbols_hints(client: LanguageClient, tmp_path: Path) -> None:
    uri = begin(client, tmp_path / "story.txt", STORY)
    found = await shown(client, uri, "ANO001")
    (first,) = [d for d in found if d.code == "ANO001"]
    assert words_at(STORY, first.range) == "a source close to the board"
    assert first.source == "onrecord"
    assert first.severity == lsp.DiagnosticSeverity.Warning
    document = lsp.TextDocumentIdentifier(uri=uri)
    place = lsp.Position(line=2, character=STORY.split("\n")[2].index("doomed") + 1)
    hover = await client.text_document_hover_async(
        lsp.HoverParams(text_document=document, position=place)
    )
    assert hover is not None
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert "unnamed source" in hover.contents.value
    assert "confidence" in hover.contents.value
    assert hover.range
    assert "doomed" in words_at(STORY, hover.range)
    nothing = await client.text_document_hover_async(
        lsp.HoverParams(text_document=document, position=lsp.Position(2, 3))
    )
    assert nothing is None
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(text_document=document))
    assert lenses
    titles = [lens.command.title for lens in lenses if lens.command]
    assert "unnamed sources" in titles[0]
    assert any("Ann Lee" in title for title in titles[1:])
    symbols = await client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(text_document=document)
    )
    assert symbols
    assert "Ann Lee" in [symbol.name for symbol in symbols]
    hints = await client.text_document_inlay_hint_async(
        lsp.InlayHintParams(
            text_document=document, range=lsp.Range(lsp.Position(0, 0), lsp.Position(9, 0))
        )
    )
    assert hints
    assert any("Ann Lee" in str(hint.label) for hint in hints)


@pytest.mark.asyncio
async def test_an_edit_moves_finds_and_takes_away(client: LanguageClient, tmp_path: Path) -> None:
    uri = begin(client, tmp_path / "story.txt", STORY)
    await shown(client, uri, "ANO001")
    longer = STORY.replace("Quay to close\n", "Quay to close\n\nA line more.\n")
    edit(client, uri, longer, 2)
    longer += "\n“Half of it is gone, Bo Orr said.\n"
    edit(client, uri, longer, 3)
    found = await shown(client, uri, "QUO202")
    (moved,) = [d for d in found if d.code == "ANO001"]
    assert words_at(longer, moved.range) == "a source close to the board"
    edit(client, uri, longer.replace("a source close to the board", "Jo Pell"), 4)
    await shown(client, uri, "ANO001", there=False)
    client.text_document_did_save(
        lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri=uri))
    )
    client.text_document_did_close(
        lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri=uri))
    )
    await shown(client, uri, "QUO202", there=False)


@pytest.mark.asyncio
async def test_dismissing_in_plain_text_writes_the_baseline(
    client: LanguageClient, tmp_path: Path
) -> None:
    uri = begin(client, tmp_path / "story.txt", STORY)
    (found,) = [d for d in await shown(client, uri, "ANO001") if d.code == "ANO001"]
    actions = await client.text_document_code_action_async(
        lsp.CodeActionParams(
            text_document=lsp.TextDocumentIdentifier(uri=uri), range=found.range,
            context=lsp.CodeActionContext(diagnostics=[found]),
        )
    )  # fmt: skip
    assert actions
    # The client's library takes an action with a command for a bare command: what it sends is known.
    assert any(a.title == "Dismiss ANO001: checked with the source" for a in actions)
    assert isinstance(found.data, dict)
    words = [uri, found.data["fingerprint"], "ANO001", "checked with the source"]
    await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams(command="onrecord.dismiss", arguments=words)
    )
    await shown(client, uri, "ANO001", there=False)
    (entry,) = json.loads((tmp_path / "onrecord-baseline.json").read_text())["dismissed"]
    assert entry["code"] == "ANO001"
    assert entry["reason"] == "checked with the source"


@pytest.mark.asyncio
async def test_dismissing_in_markdown_and_html_is_a_comment(
    client: LanguageClient, tmp_path: Path
) -> None:
    paragraphs = STORY.strip().split("\n\n")
    page = (
        "<html><body><article><h1>{}</h1>\n<p>{}</p>\n<p>{}</p></article></body></html>\n".format(
            *paragraphs
        )
    )
    for name, language, text in (
        ("story.md", "markdown", "# " + STORY),
        ("story.html", "html", page),
    ):
        uri = begin(client, tmp_path / name, text, language)
        (found,) = [d for d in await shown(client, uri, "ANO001") if d.code == "ANO001"]
        assert words_at(text, found.range) == "a source close to the board"
        actions = await client.text_document_code_action_async(
            lsp.CodeActionParams(
                text_document=lsp.TextDocumentIdentifier(uri=uri), range=found.range,
                context=lsp.CodeActionContext(diagnostics=[found], only=[lsp.CodeActionKind.QuickFix]),
            )
        )  # fmt: skip
        assert actions
        action = next(a for a in actions if a.title.startswith("Dismiss ANO001"))
        assert isinstance(action, lsp.CodeAction)
        assert action.edit
        assert action.edit.changes
        (change,) = action.edit.changes[uri]
        lines = text.split("\n")
        line, units = change.range.start.line, change.range.start.character
        lines[line] = lines[line][:units] + change.new_text + lines[line][units:]
        edit(client, uri, "\n".join(lines), 2)
        await shown(client, uri, "ANO001", there=False)


@pytest.mark.asyncio
async def test_broken_texts_do_not_end_the_server(client: LanguageClient, tmp_path: Path) -> None:
    for n, text in enumerate(("", " \n\n", "“" * 500, "<p>" * 50, "\x00\u2028\x0b\x1e\r\n🚢" * 20)):
        uri = begin(client, tmp_path / f"{n}.md", text, "markdown")
        edit(client, uri, text + "\n\nA source said it would rain.\n", 2)
        edit(client, uri, text[: len(text) // 2], 3)
    uri = begin(client, tmp_path / "story.txt", STORY)
    await shown(client, uri, "ANO001")


def test_20_000_words_an_edit_s_paragraph_is_all_that_is_judged() -> None:
    paragraph = (
        "The pier would open on Monday, the harbour board said. It rained on the quay all day.\n\n"
    )
    text = "Quay to close\n\n" + paragraph * 1200
    assert len(text.split()) > 20_000
    draft = Draft(text, 1, Reading("text", "story.txt", Settings(), "baseline"))
    at = text.index("It rained", 40_000)
    draft.edit(text[:at] + "“It is over, a source said. " + text[at:], 2)
    stretch = draft.stretch()
    assert stretch
    assert stretch[1] - stretch[0] < 2 * len(paragraph)
    found = judged(draft.source[slice(*stretch)], stretch[0], draft.reading)
    (marks,) = [f for f in found if f.finding.code == "QUO202"]
    assert draft.source[marks.start] == "“"
    draft.take_quick(stretch, found)
    assert draft.stretch() is None


def test_an_old_analysis_is_moved_to_the_text_of_now() -> None:
    reading = Reading("text", "story.txt", Settings(), "baseline")
    draft = Draft(STORY, 1, reading)
    made = checked(STORY, reading)
    assert isinstance(made, Lint)
    draft.edit("Before.\n\n" + STORY, 2)
    draft.take(STORY, made)
    for found, before in zip(draft.findings, found_in(STORY, made), strict=True):
        assert found.start - before.start == len("Before.\n\n")
        assert draft.source[found.start : found.end] == STORY[before.start : before.end]
    assert draft.analysed == STORY


@given(st.text("ab \n🚢", max_size=30), st.text("ab \n🚢", max_size=30))
def test_difference(old: str, new: str) -> None:
    start, before, after = difference(old, new)
    assert old[:start] == new[:start]
    assert old[before:] == new[after:]
    assert start <= before
    assert start <= after
