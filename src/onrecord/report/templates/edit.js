// The text is edited where it stands. Its marks stay while somebody types; as they pause, the text is
// checked again and what is new, gone or moved is shown. Every change can be undone.
const PAUSE = 800;
const editbar = document.querySelector(".editbar");
const words = (piece) => piece.text.textContent;
const textNodes = (piece) => {
  const walker = document.createTreeWalker(piece.text, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let at = 0; walker.nextNode(); ) {
    const node = walker.currentNode;
    found.push({ node, from: at, to: (at += node.data.length), gap: node.parentNode === piece.text });
  }
  return found;
};
const offsetOf = (piece, node, offset) => {
  const range = document.createRange();
  range.setStart(piece.text, 0);
  range.setEnd(node, offset);
  return range.toString().length;
};
// Where an offset of the text stands: inside a paragraph, at the end of what is before it.
const pointAt = (piece, offset) => {
  const nodes = textNodes(piece).filter((one) => !one.gap);
  const found = nodes.find((one) => one.from <= offset && offset <= one.to) || nodes.findLast((one) => one.to < offset);
  return found ? [found.node, Math.min(offset - found.from, found.node.data.length)] : [piece.text, 0];
};
const setCaret = (from, to = from) => {
  const selection = getSelection();
  selection.setBaseAndExtent(from[0], from[1], to[0], to[1]);
};
const selected = (piece) => {
  const selection = getSelection();
  if (!selection.rangeCount || !piece.text.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  return [offsetOf(piece, range.startContainer, range.startOffset), offsetOf(piece, range.endContainer, range.endOffset)];
};

// The text from one offset to another gives way to other words; where the caret then stands.
const blockOf = (piece, node) => {
  let at = node;
  while (at && at.parentNode !== piece.text) at = at.parentNode;
  return at && at.nodeType === 1 ? at : null;
};
const cutOut = (piece, from, to) => {
  const [first, last] = [pointAt(piece, from), pointAt(piece, to)];
  const [one, other] = [blockOf(piece, first[0]), blockOf(piece, last[0])];
  for (const part of textNodes(piece)) {
    const [start, end] = [Math.max(from, part.from), Math.min(to, part.to)];
    if (start < end) part.node.deleteData(start - part.from, end - start);
  }
  if (one && other && one !== other) {
    while (one.nextSibling !== other) one.nextSibling.remove();
    one.append(...other.childNodes);
    other.remove();
  }
  if (one) one.dirty = true;
  return first;
};
const splitAt = (piece, [node, offset]) => {
  const block = blockOf(piece, node);
  if (!block) return [node, offset];
  const range = document.createRange();
  range.setStart(node, offset);
  range.setEndAfter(block.lastChild || block);
  const rest = range.extractContents();
  for (const part of all(".f", rest)) part.classList.remove("f");
  const made = make("p", "b paragraph");
  made.append(rest);
  for (const one of [block, made]) {
    one.dirty = true;
    if (!one.textContent) one.append(document.createTextNode(""), document.createElement("br"));
  }
  block.after(document.createTextNode("\n\n"), made);
  piece.blocks = all(":scope > .b", piece.text);
  const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
  return walker.nextNode() ? [walker.currentNode, 0] : [made, 0];
};
const putIn = ([node, offset], inserted) => {
  if (node.nodeType !== 3) [node, offset] = [node.insertBefore(document.createTextNode(""), node.firstChild), 0];
  node.insertData(offset, inserted);
  return [node, offset + inserted.length];
};
const replace = (piece, from, to, inserted, point) => {
  let at = point && from === to ? point : cutOut(piece, from, to);
  const block = blockOf(piece, at[0]);
  if (block) block.dirty = true;
  inserted.split(/\n\s*/).forEach((line, n) => {
    if (n) at = splitAt(piece, at);
    if (line) at = putIn(at, line);
  });
  return at;
};

// One list of changes to undo and one to do again; typing without a pause is one change.
const remember = (piece, change) => {
  const last = piece.undo[piece.undo.length - 1];
  const plain = !change.removed && change.inserted.length === 1 && change.inserted !== "\n";
  if (last && plain && last.plain && change.time - last.time < 1000 && change.from === last.from + last.inserted.length) {
    last.inserted += change.inserted;
    last.time = change.time;
  } else piece.undo.push({ ...change, plain });
  piece.redo = [];
};
const edit = (piece, from, to, inserted, point) => {
  const before = words(piece);
  const caret = replace(piece, from, to, inserted, point);
  const now = words(piece);
  const removed = before.slice(from, to);
  const put = now.slice(from, from + now.length - before.length + removed.length);
  remember(piece, { from, removed, inserted: put, time: performance.now() });
  setCaret(caret);
  touched(piece);
};
const turnBack = (piece, from, to) => {
  const change = from.pop();
  if (!change) return;
  const back = from === piece.undo;
  const [gone, put] = back ? [change.inserted, change.removed] : [change.removed, change.inserted];
  const caret = replace(piece, change.from, change.from + gone.length, put);
  to.push(change);
  setCaret(caret);
  touched(piece);
};
const undo = (piece) => turnBack(piece, piece.undo, piece.redo);
const redo = (piece) => turnBack(piece, piece.redo, piece.undo);

let pausing = 0;
const touched = (piece) => {
  piece.unkept = words(piece) !== piece.keptWords;
  tell(piece, "Not checked yet");
  clearTimeout(pausing);
  pausing = setTimeout(() => checkAgain(piece), PAUSE);
};
const tell = (piece, state) => {
  const kept = piece.unkept ? " · not kept" : "";
  if (state !== undefined) piece.state = state;
  editbar.querySelector(".state").textContent = `${piece.state || "Type in the text; it is checked as you pause"}${kept}`;
  const [undoing, redoing, first, keep] = ["undo", "redo", "first", "keep"].map((what) => editbar.querySelector(`[data-do=${what}]`));
  undoing.disabled = !piece.undo.length;
  redoing.disabled = !piece.redo.length;
  first.disabled = !piece.changed && !piece.unkept;
  keep.disabled = !piece.unkept;
  editbar.hidden = !piece.editing && !piece.unkept && !piece.failed;
};

// Check what stands there now. One check at a time; what was typed meanwhile is checked next.
const rest = () => new Promise((resume) => setTimeout(resume));
const checkAgain = async (piece, more = {}) => {
  clearTimeout(pausing);
  if (piece.checking) {
    piece.again = more;
    return piece.checking;
  }
  piece.checking = (async () => {
    const sent = words(piece);
    tell(piece, "Checking …");
    const body = settingsForm ? new FormData(settingsForm) : new FormData();
    body.set("token", piece.root.dataset.token);
    body.set("text", sent);
    if (settingsForm && settingsForm.elements.title.value === settingsForm.elements.title.defaultValue) body.delete("title");
    for (const [key, value] of Object.entries(more)) body.set(key, value);
    const answer = await post(piece.root.dataset.draft, body);
    piece.failed = !answer.ok;
    if (!answer.ok) tell(piece, answer.words);
    else if (words(piece) === sent) await showParts(piece, answer.made, sent);
    else piece.again ??= {};
  })();
  await piece.checking;
  piece.checking = null;
  if (piece.again) {
    const next = piece.again;
    piece.again = null;
    await checkAgain(piece, next);
  }
};
const template = document.createElement("template");
const elementOf = (html) => {
  template.innerHTML = html;
  return template.content.firstElementChild;
};
const showParts = async (piece, made, sent) => {
  const old = new Map();
  for (const [html, element] of piece.shown || []) {
    if (!element.dirty && element.isConnected) add(old, html, element);
  }
  const nodes = [];
  const shown = [];
  let since = performance.now();
  for (const [gap, html] of made.blocks) {
    if (gap) nodes.push(document.createTextNode(gap));
    if (!html) continue;
    const element = (old.get(html) || []).shift() || elementOf(html);
    nodes.push(element);
    shown.push([html, element]);
    if (performance.now() - since > 25) {
      await rest(); // a long text takes several turns, so that typing goes on
      since = performance.now();
      if (words(piece) !== sent) {
        piece.again ??= {};
        return;
      }
    }
  }
  const places = selected(piece);
  const top = caretTop();
  const voice = piece.voice;
  const family = piece.family;
  if (voice !== null) clearVoice();
  hideCard(false);
  light(piece, null);
  piece.shown = shown;
  piece.data = made.data;
  piece.text.replaceChildren(...nodes);
  showAround(piece, made);
  indexText(piece);
  dress(piece);
  indexNotes(piece);
  piece.active = null;
  piece.family = null;
  if (family && piece.aside.querySelector(`button[data-family="${family}"]`)) chooseFamily(piece, family);
  layout(piece);
  count(piece);
  if (places && piece.editing) {
    setCaret(pointAt(piece, places[0]), pointAt(piece, places[1]));
    const now = caretTop();
    if (top !== null && now !== null && Math.abs(now - top) > 1) scrollBy({ top: now - top, behavior: "instant" });
  }
  piece.changed = made.changed;
  piece.unkept = made.unkept;
  if (!made.unkept) piece.keptWords = words(piece);
  if (settingsForm) settingsForm.elements.title.defaultValue = settingsForm.elements.title.value = made.title;
  tell(piece, made.words);
};
const showAround = (piece, made) => {
  const fold = piece.root.querySelector(".fold");
  const open = fold && fold.open;
  const every = Boolean(piece.root.querySelector(".voices.all"));
  piece.root.querySelector("[data-part=band]").replaceWith(elementOf(made.band));
  const fresh = piece.root.querySelector(".fold");
  if (fresh && fold) fresh.open = open;
  if (fresh && every) fresh.querySelector(".voices").classList.add("all");
  const down = piece.aside.scrollTop;
  piece.aside.innerHTML = made.findings;
  piece.aside.scrollTop = down;
  piece.root.querySelector("[data-part=panels]").innerHTML = made.panels;
  piece.root.querySelector(".sheet").classList.toggle("clean", !made.count);
  const bar = piece.root.querySelector(".kicker");
  if (bar && made.kicker) bar.outerHTML = made.kicker;
};
const caretTop = () => {
  const selection = getSelection();
  if (!selection.rangeCount) return null;
  const rect = selection.getRangeAt(0).getClientRects()[0];
  return rect ? rect.top : null;
};
// While the text is edited its statements are text, not buttons.
const dress = (piece) => {
  for (const part of all(".s.f", piece.text)) {
    if (piece.editing) {
      part.removeAttribute("tabindex");
      part.removeAttribute("role");
      part.removeAttribute("aria-haspopup");
    } else if (!part.hasAttribute("role")) {
      part.tabIndex = 0;
      part.setAttribute("role", "button");
      part.setAttribute("aria-haspopup", "dialog");
    }
  }
};
const setEditing = (piece, on) => {
  piece.editing = on;
  clearVoice();
  hideCard(false);
  if (on) {
    piece.text.setAttribute("contenteditable", "true"); // every input is taken over: no markup comes in
    piece.text.setAttribute("role", "textbox");
    piece.text.setAttribute("aria-multiline", "true");
    piece.text.setAttribute("aria-label", "The article’s text");
    piece.text.spellcheck = false;
    piece.text.focus({ preventScroll: true });
  } else {
    for (const name of ["contenteditable", "role", "aria-multiline", "aria-label"]) piece.text.removeAttribute(name);
  }
  dress(piece);
  document.documentElement.classList.toggle("editing", on);
  for (const button of all("[data-do=edit][aria-pressed]")) button.setAttribute("aria-pressed", String(on));
  tell(piece);
};
const keep = async (piece) => {
  await checkAgain(piece);
  const answer = await post(piece.root.dataset.keep, new URLSearchParams({ token: piece.root.dataset.token }));
  if (!answer.ok) return tell(piece, answer.words);
  piece.unkept = false;
  piece.keptWords = words(piece);
  tell(piece, "Kept");
};
if (editbar) {
  const piece = pieces.values().next().value;
  Object.assign(piece, { undo: [], redo: [], editing: false, unkept: "unkept" in piece.root.dataset, keptWords: words(piece), changed: "unkept" in piece.root.dataset });
  if (piece.unkept) piece.keptWords = null;
  piece.text.addEventListener("beforeinput", (event) => {
    if (!piece.editing || event.isComposing || event.inputType === "insertCompositionText") return;
    event.preventDefault();
    if (event.inputType === "historyUndo") return undo(piece);
    if (event.inputType === "historyRedo") return redo(piece);
    const [range] = event.getTargetRanges();
    if (!range || !/^(insert|delete)/.test(event.inputType)) return;
    const from = offsetOf(piece, range.startContainer, range.startOffset);
    const to = offsetOf(piece, range.endContainer, range.endOffset);
    const given = event.data ?? (event.dataTransfer ? event.dataTransfer.getData("text/plain") : "");
    const breaks = event.inputType === "insertParagraph" || event.inputType === "insertLineBreak";
    const inserted = breaks ? "\n" : (given || "").replace(/\r\n?/g, "\n");
    if (from === to && !inserted) return;
    const start = range.startContainer;
    edit(piece, from, to, inserted, start.nodeType === 3 && start.parentNode !== piece.text ? [start, range.startOffset] : undefined);
  });
  // What an input method composes is written by the browser; the change is read off afterwards.
  let composed = null;
  piece.text.addEventListener("compositionstart", () => (composed = words(piece)));
  piece.text.addEventListener("compositionend", () => {
    const now = words(piece);
    let from = 0;
    while (from < Math.min(now.length, composed.length) && now[from] === composed[from]) from += 1;
    let tail = 0;
    while (tail < Math.min(now.length, composed.length) - from && now[now.length - 1 - tail] === composed[composed.length - 1 - tail]) tail += 1;
    const block = blockOf(piece, getSelection().anchorNode);
    if (block) block.dirty = true;
    remember(piece, { from, removed: composed.slice(from, composed.length - tail), inserted: now.slice(from, now.length - tail), time: performance.now() });
    touched(piece);
  });
  piece.text.addEventListener("keydown", (event) => {
    if (!piece.editing || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo(piece);
      else undo(piece);
    }
    if (key === "s") {
      event.preventDefault();
      keep(piece);
    }
  });
  document.addEventListener("click", (event) => {
    const doing = event.target.closest("[data-do]");
    const what = doing && doing.dataset.do;
    if (what === "edit") setEditing(piece, !piece.editing);
    if (what === "undo") undo(piece);
    if (what === "redo") redo(piece);
    if (what === "keep") keep(piece);
    if (what === "first") {
      piece.undo = [];
      piece.redo = [];
      checkAgain(piece, { version: "first" });
    }
  });
  escapes.push(() => {
    const was = piece.editing;
    if (was) setEditing(piece, false);
    return was;
  });
  addEventListener("beforeunload", (event) => {
    if (piece.unkept) event.preventDefault();
  });
  tell(piece);
}
