"""The language server: what editors ask, answered from drafts; spoken with pygls.

Positions are in the units that the editor asks for, UTF-16 unless it offers others. Edits wait
`debounce` milliseconds for the next one before their paragraphs are judged, and `settle` before the
whole article is; opening and saving ask for the whole at once.
"""

import asyncio
import os
from bisect import bisect_right
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec
from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from ... import __version__
from ...config import load
from ...dismissals.file import Dismissal, add, read_baseline
from ...errors import OnrecordError
from ...extract import Engine
from ...records import Settings
from .draft import Draft, Found, Reading, Said, checked, form_of, judged

DISMISS = "onrecord.dismiss"
CHECK = "onrecord.check"
SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}
SYMBOLS = {
    "person": lsp.SymbolKind.Class,
    "anonymous": lsp.SymbolKind.Null,
    "organisation": lsp.SymbolKind.Module,
    "spokesperson": lsp.SymbolKind.Interface,
    "document": lsp.SymbolKind.File,
    "outlet": lsp.SymbolKind.Namespace,
    "group": lsp.SymbolKind.Array,
}
REASONS = (
    "the desk knows who it is",
    "checked with the source",
    "right as it stands",
)


class Options(msgspec.Struct, kw_only=True, rename="camel"):
    """What the editor's settings may say, under `onrecord`."""

    engine: Engine | None = None
    outlet: str | None = None
    baseline: str = "onrecord-baseline.json"
    """File of dismissed findings, from the workspace's folder."""
    inlay_hints: bool = False
    code_lens: bool = True
    reasons: tuple[str, ...] = REASONS
    """Reasons that dismissing offers."""
    debounce: int = 150
    settle: int = 1000
    """Milliseconds."""


class Server(LanguageServer):
    """One editor's drafts, and the processes that read them."""

    def __init__(self) -> None:
        super().__init__(
            "onrecord", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full
        )
        self.options = Options()
        self.drafts: dict[str, Draft] = {}
        self._timers: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._running: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._beside = ThreadPoolExecutor(1)
        self._whole: ProcessPoolExecutor | None = None
        self._settings: Settings | None = None

    # -- what the editor says --------------------------------------------------------------

    def configure(self, given: Any) -> None:
        """Take the editor's settings; what can't be understood is said and left out."""
        if isinstance(given, dict) and isinstance(given.get("onrecord"), dict):
            given = given["onrecord"]
        try:
            self.options = msgspec.convert(given or {}, Options)
        except msgspec.ValidationError as error:
            self._say(f"onrecord's settings in the editor: {error}.")
        self._settings = None

    def opened(self, uri: str) -> None:
        """Begin a draft and have it analysed."""
        document = self.workspace.get_text_document(uri)
        reading = self._reading(uri, document.language_id or "")
        self.drafts[uri] = Draft(document.source, document.version, reading)
        self.later(uri, "whole", 0)

    def changed(self, uri: str) -> None:
        """Move a draft's marks along; judge the paragraphs soon and the whole when it is quiet."""
        draft = self.drafts.get(uri)
        if draft is None:
            return
        document = self.workspace.get_text_document(uri)
        draft.edit(document.source, document.version)
        self.later(uri, "quick", self.options.debounce)
        self.later(uri, "whole", self.options.settle)

    def closed(self, uri: str) -> None:
        """Forget a draft."""
        self.drafts.pop(uri, None)
        for what in ("quick", "whole"):
            if timer := self._timers.pop((uri, what), None):
                timer.cancel()
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[])
        )

    def later(self, uri: str, what: str, milliseconds: int) -> None:
        """Have a draft's paragraphs (`quick`) or all of it (`whole`) judged after a while."""
        if timer := self._timers.pop((uri, what), None):
            timer.cancel()
        work = self._judge_quick if what == "quick" else self._judge_whole

        def begin() -> None:
            self._timers.pop((uri, what), None)
            task = asyncio.ensure_future(work(uri))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        loop = asyncio.get_running_loop()
        self._timers[uri, what] = loop.call_later(milliseconds / 1000, begin)

    def warm(self) -> None:
        """Load the model while nobody waits for it."""
        reading = Reading("text", "-", Settings(), self.options.engine)
        self._beside.submit(judged, "It rained, Ann Lee said.", 1, reading)

    def stop(self) -> None:
        """End what was begun."""
        self._beside.shutdown(wait=False, cancel_futures=True)
        if self._whole is not None:
            for process in list((self._whole._processes or {}).values()):
                process.kill()
            self._whole.shutdown(wait=False, cancel_futures=True)
            self._whole = None

    # -- work --------------------------------------------------------------------------------

    async def _judge_quick(self, uri: str) -> None:
        draft = self.drafts.get(uri)
        stretch = draft.stretch() if draft else None
        if draft is None or stretch is None:
            return
        source = draft.source
        words = source[slice(*stretch)]
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(
                self._beside, judged, words, stretch[0], draft.reading
            )
        except OnrecordError as error:
            self._say(str(error))
            return
        if draft.source == source and self.drafts.get(uri) is draft:
            draft.take_quick(stretch, found)
            self.publish(uri)

    async def _judge_whole(self, uri: str) -> None:
        draft = self.drafts.get(uri)
        if draft is None or uri in self._running:
            if draft is not None:
                self.later(uri, "whole", self.options.settle)
            return
        if draft.analysed == draft.source:
            self.publish(uri)
            return
        source = draft.source
        self._running.add(uri)
        try:
            made = await asyncio.get_running_loop().run_in_executor(
                self._pool(), checked, source, draft.reading
            )
        except BrokenExecutor:
            self._whole = None
            self._say("the process that analyses was ended; the next edit starts another.")
            return
        except OnrecordError as error:
            self._say(str(error))
            return
        finally:
            self._running.discard(uri)
        if self.drafts.get(uri) is not draft:
            return
        draft.take(source, made)
        self.publish(uri)
        capabilities = self.client_capabilities.workspace
        if capabilities and capabilities.code_lens and capabilities.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        if capabilities and capabilities.inlay_hint and capabilities.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)

    def _pool(self) -> ProcessPoolExecutor:
        if self._whole is None:
            self._whole = ProcessPoolExecutor(1, get_context("spawn"), initializer=_quiet)
        return self._whole

    def _reading(self, uri: str, language: str) -> Reading:
        path = to_fs_path(uri) or uri
        if self._settings is None:
            try:
                self._settings = load(self.folder())
            except OnrecordError as error:
                self._say(str(error))
                self._settings = Settings()
        return Reading(
            form=form_of(language, path),
            name=path,
            settings=self._settings,
            engine=self.options.engine,
            outlet=self.options.outlet,
        )

    def folder(self) -> Path:
        """The workspace's folder: where settings and the baseline stand."""
        return Path(self.workspace.root_path or os.getcwd())

    def baseline(self) -> Path:
        """The file of dismissed findings."""
        return self.folder() / self.options.baseline

    def _dismissed(self) -> set[str]:
        path = self.baseline()
        if not path.is_file():
            return set()
        try:
            return set(read_baseline(path))
        except OnrecordError as error:
            self._say(str(error))
            return set()

    def _say(self, message: str) -> None:
        self.window_show_message(
            lsp.ShowMessageParams(type=lsp.MessageType.Warning, message=f"onrecord: {message}")
        )

    # -- answers -----------------------------------------------------------------------------

    def places(self, draft: Draft) -> "_Positions":
        """From offsets of a draft to the editor's positions."""
        return _Positions(draft.source, self.workspace.position_codec.client_num_units)

    def standing(self, draft: Draft) -> list[Found]:
        """The findings that nobody dismissed."""
        return draft.without(self._dismissed())

    def publish(self, uri: str) -> None:
        """Send a draft's findings."""
        draft = self.drafts[uri]
        at = self.places(draft)
        shown = [
            lsp.Diagnostic(
                range=at.range(f.start, f.end),
                message=f.finding.message,
                severity=SEVERITY[f.finding.severity],
                code=f.finding.code,
                source="onrecord",
                related_information=[
                    lsp.DiagnosticRelatedInformation(
                        location=lsp.Location(uri=uri, range=at.range(start, end)), message=label
                    )
                    for start, end, label in f.related
                ]
                or None,
                data={"fingerprint": f.finding.fingerprint},
            )
            for f in self.standing(draft)
        ]
        if draft.problem is not None:
            said = f"{draft.problem.what} {draft.problem.remedy}".strip()
            shown.append(
                lsp.Diagnostic(
                    range=at.range(0, 0), message=said, source="onrecord",
                    severity=lsp.DiagnosticSeverity.Information,
                )
            )  # fmt: skip
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, diagnostics=shown, version=draft.version)
        )


class _Positions:
    """Offsets of a text as lines and units of the editor's encoding."""

    def __init__(self, source: str, units: Any) -> None:
        self._source, self._units = source, units
        self._starts = [0]
        at = source.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = source.find("\n", at + 1)

    def position(self, offset: int) -> lsp.Position:
        """The place of a code point."""
        offset = max(0, min(offset, len(self._source)))
        line = bisect_right(self._starts, offset) - 1
        units = self._units(self._source[self._starts[line] : offset])
        return lsp.Position(line=line, character=units)

    def range(self, start: int, end: int) -> lsp.Range:
        """The place of a stretch."""
        return lsp.Range(start=self.position(start), end=self.position(end))

    def offset(self, position: lsp.Position) -> int:
        """The code point at an editor's position; one beyond a line's end is its end."""
        if position.line >= len(self._starts):
            return len(self._source)
        start = self._starts[position.line]
        end = self._source.find("\n", start)
        line = self._source[start : len(self._source) if end < 0 else end]
        low, high = 0, len(line)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (
                (middle, high) if self._units(line[:middle]) <= position.character
                else (low, middle - 1)
            )  # fmt: skip
        return start + low


def _quiet() -> None:
    """In the process beside: whatever libraries print must not reach the editor."""
    os.dup2(2, 1)


def make() -> Server:
    """A server that knows what editors may ask of it."""
    server = Server()

    @server.feature(lsp.INITIALIZE)
    def _(ls: Server, params: lsp.InitializeParams) -> None:
        ls.configure(params.initialization_options)

    @server.feature(lsp.INITIALIZED)
    def _(ls: Server, params: lsp.InitializedParams) -> None:
        ls.warm()

    @server.feature(lsp.SHUTDOWN)
    def _(ls: Server, params: None) -> None:
        ls.stop()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def _(ls: Server, params: lsp.DidChangeConfigurationParams) -> None:
        ls.configure(params.settings)
        for uri in list(ls.drafts):
            ls.opened(uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def _(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.opened(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def _(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
        ls.changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def _(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
        ls.later(params.text_document.uri, "whole", 0)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def _(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.closed(params.text_document.uri)

    server.feature(lsp.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)(_lenses)
    server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]),
    )(_actions)
    server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(_symbols)
    server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)(_hints)
    server.command(DISMISS)(partial(_dismiss, server))
    server.command(CHECK)(partial(_check, server))
    return server


def _hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """Of the statement at a place: the chain of voices, its source, how sure that is."""
    draft = ls.drafts.get(params.text_document.uri)
    if draft is None:
        return None
    at = ls.places(draft)
    offset = at.offset(params.position)
    over = [said for said in draft.said if said.holds(offset)]
    if not over:
        return None
    inner = min(over, key=lambda said: said.end - said.start)
    return lsp.Hover(
        contents=lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=inner.hover),
        range=at.range(inner.start, inner.end),
    )


def _lenses(ls: Server, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    """Above the article how many voices and what share is unnamed; above a paragraph who speaks."""
    draft = ls.drafts.get(params.text_document.uri)
    if draft is None or not ls.options.code_lens or draft.analysed is None:
        return []
    at = ls.places(draft)

    def lens(offset: int, words: str) -> lsp.CodeLens:
        place = at.range(offset, offset)
        return lsp.CodeLens(range=place, command=lsp.Command(title=words, command=""))

    blocks: dict[int, list[Said]] = {}
    for said in draft.said:
        blocks.setdefault(said.block, []).append(said)
    made = [lens(0, draft.summary)] if draft.summary else []
    for block, inside in sorted(blocks.items()):
        names = dict.fromkeys(f"{said.name} ({said.kind})" for said in inside if said.outer)
        if names:
            made.append(lens(block, ", ".join(names)))
    return made


def _actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Set a finding aside, with a reason: a comment where the text can hold one, else the
    baseline."""
    uri = params.text_document.uri
    draft = ls.drafts.get(uri)
    if draft is None or not _wanted(params.context.only):
        return []
    at = ls.places(draft)
    start, end = at.offset(params.range.start), at.offset(params.range.end)
    made = []
    for found in ls.standing(draft):
        if found.start > end or found.end < start:
            continue
        diagnostics = [
            d for d in params.context.diagnostics
            if d.code == found.finding.code
            and isinstance(d.data, dict)
            and d.data.get("fingerprint") == found.finding.fingerprint
        ]  # fmt: skip
        for reason in ls.options.reasons:
            title = f"Dismiss {found.finding.code}: {reason}"
            action = lsp.CodeAction(
                title=title, kind=lsp.CodeActionKind.QuickFix, diagnostics=diagnostics or None
            )
            if draft.reading.form == "text":
                action.command = lsp.Command(
                    title=title,
                    command=DISMISS,
                    arguments=[uri, found.finding.fingerprint, found.finding.code, reason],
                )
            else:
                action.edit = lsp.WorkspaceEdit(changes={uri: [_comment(draft, at, found, reason)]})
            made.append(action)
    return made


def _wanted(only: Any) -> bool:
    kinds = [str(getattr(kind, "value", kind)) for kind in only or ()]
    return not kinds or any(kind in ("", "quickfix") for kind in kinds)


def _comment(draft: Draft, at: _Positions, found: Found, reason: str) -> lsp.TextEdit:
    """The comment that sets a finding aside: in Markdown on a line before the paragraph, in HTML
    in front of its words."""
    words = f"<!-- onrecord: ignore {found.finding.code} {reason.replace('--', '–')} -->"
    offset = found.paragraph
    if draft.reading.form == "markdown":
        offset = draft.source.rfind("\n", 0, found.paragraph) + 1
        words += "\n"
    return lsp.TextEdit(range=at.range(offset, offset), new_text=words)


def _symbols(ls: Server, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    """The voices, each with the places of its statements."""
    draft = ls.drafts.get(params.text_document.uri)
    if draft is None:
        return []
    at = ls.places(draft)
    made = []
    for voice in draft.voices:
        first = at.range(voice.start, voice.end)
        children = [
            lsp.DocumentSymbol(
                name=_short(draft.source[m.start : m.end]) or "…",
                kind=lsp.SymbolKind.String,
                range=at.range(m.start, m.end),
                selection_range=at.range(m.start, m.end),
            )
            for m in voice.said
        ]
        made.append(
            lsp.DocumentSymbol(
                name=voice.name,
                detail=voice.detail,
                kind=SYMBOLS.get(voice.kind, lsp.SymbolKind.Variable),
                range=first,
                selection_range=first,
                children=children,
            )
        )
    return made


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59] + "…"


def _hints(ls: Server, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    """Behind each statement who says it, where the editor asked for it."""
    draft = ls.drafts.get(params.text_document.uri)
    if draft is None or not ls.options.inlay_hints:
        return []
    at = ls.places(draft)
    first, last = at.offset(params.range.start), at.offset(params.range.end)
    return [
        lsp.InlayHint(
            position=at.position(said.end),
            label=f"{said.name}, {said.kind}" if said.name != said.kind else said.name,
            padding_left=True,
        )
        for said in draft.said
        if said.last and first <= said.end <= last
    ]


def _dismiss(ls: Server, uri: str, fingerprint: str, code: str, reason: str) -> None:
    """Write a dismissal into the baseline, which `onrecord check --baseline` reads as well."""
    entry = Dismissal(
        fingerprint=fingerprint, code=code, reason=reason, date=date.today().isoformat()
    )
    try:
        add(ls.baseline(), [entry], anew=True)
    except OnrecordError as error:
        ls._say(str(error))
        return
    for known in ls.drafts:
        ls.publish(known)


def _check(ls: Server, uri: str) -> None:
    """Analyse an open article now."""
    ls.later(uri, "whole", 0)
