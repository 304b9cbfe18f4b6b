// The list of findings: one is chosen, next and previous go on, one concern can be shown alone, and
// long lists come in pages.
const PAGE = 50;
const listed = (piece) => piece.notes.filter((note) => piece.family === null || note.dataset.family === piece.family);
const layout = (piece) => {
  const rows = listed(piece);
  const from = Math.min(piece.page, Math.max(0, Math.ceil(rows.length / PAGE) - 1)) * PAGE;
  piece.page = from / PAGE;
  const shown = new Set(rows.slice(from, from + PAGE));
  for (const note of piece.notes) note.hidden = !shown.has(note);
  for (const list of all(".notes", piece.aside)) {
    const empty = !list.querySelector(".note:not([hidden])");
    list.hidden = list.previousElementSibling.hidden = empty;
  }
  for (const group of all(".group", piece.aside)) group.hidden = !group.querySelector(".note:not([hidden])");
  const pager = piece.aside.querySelector(".pager");
  if (!pager) return;
  pager.hidden = rows.length <= PAGE;
  pager.replaceChildren(make("span", "", `${from + 1} to ${Math.min(from + PAGE, rows.length)} of ${rows.length}`));
  for (const [words, way] of [["Earlier", -1], ["Later", 1]]) {
    const button = make("button", "plain", words);
    button.type = "button";
    button.disabled = way < 0 ? from === 0 : from + PAGE >= rows.length;
    button.dataset.page = String(way);
    pager.append(button);
  }
};
let lit = [];
const light = (piece, note) => {
  for (const part of lit) part.classList.remove("lit");
  lit = [];
  if (!note) return;
  const number = note.dataset.n;
  lit = [note, ...(piece.marks.get(number) || [])];
  for (const [key, parts] of piece.evidence) if (key.startsWith(`${number}.`)) lit.push(...parts);
  for (const part of lit) part.classList.add("lit");
};
const count = (piece) => {
  const at = piece.aside.querySelector(".stepper .where");
  const rows = listed(piece);
  const n = rows.indexOf(piece.active);
  if (at) at.textContent = n < 0 ? `${rows.length} to read` : `${n + 1} of ${rows.length}`;
};
const choose = (piece, note, { scroll = true, focus = false } = {}) => {
  if (piece.active) piece.active.classList.remove("active");
  piece.active = note;
  light(piece, note);
  count(piece);
  if (!note) return;
  note.classList.add("active");
  const rows = listed(piece);
  const page = Math.floor(rows.indexOf(note) / PAGE);
  if (page >= 0 && page !== piece.page) {
    piece.page = page;
    layout(piece);
  }
  if (wide.matches) {
    const box = note.getBoundingClientRect();
    const frame = piece.aside.getBoundingClientRect();
    if (box.top < frame.top + 46) piece.aside.scrollTop -= frame.top + 46 - box.top;
    if (box.bottom > frame.bottom - 8) piece.aside.scrollTop += Math.min(box.bottom - frame.bottom + 8, box.top - frame.top - 46);
  }
  if (focus) note.querySelector(".number").focus({ preventScroll: true });
  const place = (piece.marks.get(note.dataset.n) || [])[0] || piece.refs.get(note.dataset.n);
  if (scroll && place) go(place);
};
const step = (piece, way, focus = false) => {
  const rows = listed(piece);
  if (!rows.length) return;
  const at = rows.indexOf(piece.active);
  const next = rows[at < 0 ? (way > 0 ? 0 : rows.length - 1) : at + way];
  if (!next) return;
  choose(piece, next, { focus });
  const ref = piece.refs.get(next.dataset.n);
  if (wide.matches || !ref) return;
  card.replaceChildren(noteCopy(piece, next.dataset.n));
  card.piece = piece;
  held = ref;
  placeCard(ref);
};
const chooseFamily = (piece, family) => {
  piece.family = piece.family === family ? null : family;
  piece.page = 0;
  for (const button of all("[data-family][aria-pressed]", piece.aside)) {
    button.setAttribute("aria-pressed", String(button.dataset.family === piece.family));
  }
  layout(piece);
  if (piece.active && !listed(piece).includes(piece.active)) choose(piece, null);
  count(piece);
};
escapes.push(() => {
  const piece = [...pieces.values()].find((one) => one.family !== null);
  if (piece) chooseFamily(piece, piece.family);
  return Boolean(piece);
});
document.addEventListener("mouseover", (event) => {
  const over = event.target.closest(".note[data-n], .text .m, .text .ref");
  const piece = over ? pieceOf(over) : null;
  if (!piece) {
    const on = [...pieces.values()].find((one) => one.active);
    if (lit.length && (!on || lit[0] !== on.active)) light(on, on && on.active);
    return;
  }
  const number = over.dataset.n || over.dataset.f.split(" ")[0];
  light(piece, piece.notes.find((one) => one.dataset.n === number));
});
document.addEventListener("focusin", (event) => {
  const note = event.target.closest(".note[data-n]");
  if (!note || card.contains(note) || !event.target.matches(":focus-visible")) return;
  const piece = pieceOf(note);
  if (piece.active !== note) choose(piece, note, { scroll: false });
});
document.addEventListener("click", (event) => {
  const target = event.target;
  const doing = target.closest("[data-do]");
  const family = target.closest("button[data-family]");
  const page = target.closest("[data-page]");
  const link = target.closest("a");
  if (doing && (doing.dataset.do === "next" || doing.dataset.do === "previous")) {
    step(pieceOf(doing), doing.dataset.do === "next" ? 1 : -1);
  } else if (family) {
    chooseFamily(pieceOf(family), family.dataset.family);
  } else if (page) {
    const piece = pieceOf(page);
    piece.page += Number(page.dataset.page);
    layout(piece);
    piece.aside.scrollTop = 0;
  } else if (link && link.dataset.e) {
    const piece = pieceOf(link) || card.piece;
    const places = piece.evidence.get(link.dataset.e);
    if (places) {
      event.preventDefault();
      go(places[0]);
    }
  } else if (link && (link.classList.contains("ref") || link.classList.contains("number"))) {
    const piece = pieceOf(link) || card.piece;
    const note = piece.notes.find((one) => one.dataset.n === link.dataset.n);
    if (!note) return;
    event.preventDefault();
    choose(piece, note, { scroll: !link.classList.contains("ref"), focus: wide.matches && link.classList.contains("ref") });
    if (!wide.matches && link.closest(".text")) showNotes(piece, link);
  } else if (target.closest(".note[data-n]") && !link && !target.closest("details, button, input") && !card.contains(target)) {
    const note = target.closest(".note");
    choose(pieceOf(note), note);
  }
});
document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (!at.matches || typing(at) || event.ctrlKey || event.metaKey || event.altKey) return;
  const way = { j: 1, k: -1 }[event.key];
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way) step((at.closest(".piece") && pieceOf(at)) || firstPiece(), way);
  else if (arrow && at.matches(".note .number") && !card.contains(at)) {
    event.preventDefault();
    step(pieceOf(at), arrow, true);
  }
});
for (const piece of pieces.values()) {
  layout(piece);
  count(piece);
}
