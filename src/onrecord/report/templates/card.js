// The card: whose word a statement is, the chain of voices innermost first; the voice lights up.
const card = document.querySelector(".card");
let hot = [];
const heat = (piece, voice) => {
  for (const part of hot) part.classList.remove("hot", "who");
  hot = piece && voice ? [...(piece.voices.get(voice) || [])] : [];
  if (hot.length && piece.rows.has(voice)) hot.push(piece.rows.get(voice));
  for (const part of hot) {
    part.classList.add("hot");
    if (part.dataset.w === voice) part.classList.add("who");
  }
};
let held = null;
let timer = 0;
const hideCard = (back) => {
  clearTimeout(timer);
  if (back && held) held.focus({ preventScroll: true });
  held = null;
  card.hidden = true;
  heat(null);
};
escapes.push(() => {
  const was = !card.hidden;
  if (was) hideCard(true);
  return was;
});
const placeCard = (target) => {
  card.hidden = false;
  card.style.left = card.style.top = "";
  if (innerWidth <= 704) return;
  const rects = target.getClientRects();
  const rect = rects[rects.length - 1] || target.getBoundingClientRect();
  const left = Math.max(12, Math.min(rect.left, document.documentElement.clientWidth - card.offsetWidth - 12));
  const below = rect.bottom + 6 + card.offsetHeight < innerHeight;
  const top = below ? rect.bottom + 6 : (rects[0] || rect).top - 6 - card.offsetHeight;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${Math.max(0, top + scrollY)}px`;
};
const voiceLine = (piece, id, says) => {
  const item = make("li");
  if (id === null) {
    item.append(make("b", "", "× no source stated"), make("span", "about", "reported as said, and the story does not say by whom"));
    return item;
  }
  const [name, kind, mark, title, reason, key] = piece.data.voices[id];
  const button = make("button", "voice");
  button.type = "button";
  button.dataset.voice = id;
  const sign = make("span", `mark t-${key}`, mark);
  sign.setAttribute("aria-hidden", "true");
  button.append(sign, name);
  const why = key === "anonymous" ? (reason ? `; reason: ${reason}` : "; no reason found") : "";
  item.append(button, make("span", "says", ` ${says} this`), make("span", "about", `${kind}${title ? `, ${title}` : ""}${why}`));
  return item;
};
const showCard = (target) => {
  const piece = pieceOf(target);
  const known = piece.data.statements[target.dataset.a];
  if (!known) return;
  const { chain, form, confidence, speaker } = known;
  const list = make("ol");
  for (const [id, says] of chain) list.append(voiceLine(piece, id, says));
  const more = chain.length > 1 ? `${chain.length} voices deep · ` : "";
  const words = { direct: "in quotation marks", indirect: "in the story’s words", mixed: "partly in quotation marks" }[form];
  const sure = `found with ${Math.round(100 * confidence)}% certainty${speaker === null ? "" : `, the speaker with ${Math.round(100 * speaker)}%`}`;
  card.replaceChildren(list, make("p", "soft", `${more}${words} · ${sure}`));
  card.piece = piece;
  placeCard(target);
  heat(piece, chain[0][0]);
};
// On a phone: all notes at one place, for a finger is wider than a number.
const showNotes = (piece, ref) => {
  let first = ref;
  while (first.previousSibling && first.previousSibling === first.previousElementSibling && first.previousElementSibling.matches(".ref")) first = first.previousElementSibling;
  const copies = [];
  for (let at = first; at && at.matches && at.matches(".ref"); at = at.nextSibling) copies.push(noteCopy(piece, at.dataset.n));
  card.replaceChildren(...copies);
  card.piece = piece;
  held = ref;
  placeCard(ref);
};
const noteCopy = (piece, number) => {
  const note = piece.notes.find((one) => one.dataset.n === number);
  const copy = make("div", "one");
  if (note) for (const part of note.childNodes) copy.append(part.cloneNode(true));
  return copy;
};
const hold = (target, keyboard) => {
  showCard(target);
  held = target;
  if (keyboard) (card.querySelector("button") || card).focus({ preventScroll: true });
};
const statementAt = (node) => (node.closest && node.closest(".text .s[data-a]")) || null;
const editing = (node) => Boolean(node.closest && node.closest("[contenteditable]"));

document.addEventListener("mouseover", (event) => {
  if (held) return;
  const part = statementAt(event.target);
  clearTimeout(timer);
  if (part && !editing(part)) timer = setTimeout(() => showCard(part), 110);
  else if (!card.contains(event.target) && !card.hidden) timer = setTimeout(() => hideCard(false), 220);
  else if (event.target.closest(".text .w") && card.hidden) heat(pieceOf(event.target), event.target.closest(".w").dataset.w);
  else if (card.hidden) heat(null);
});
document.addEventListener("focusin", (event) => {
  const part = statementAt(event.target);
  if (part && event.target.matches(":focus-visible") && !editing(part)) showCard(part);
  else if (!card.contains(event.target) && !held) hideCard(false);
});
document.addEventListener("click", (event) => {
  const target = event.target;
  const part = statementAt(target);
  if (target.dataset.a && target.closest("svg.track")) {
    const first = pieceOf(target).statements.get(target.dataset.a)[0];
    go(first);
    hold(first, false);
  } else if (part && !target.closest("a") && !editing(part)) {
    if (held === part) hideCard(false);
    else hold(part, false);
  } else if (!card.contains(target) && !target.closest(".ref, .stepper")) {
    hideCard(false);
  }
});
document.addEventListener("keydown", (event) => {
  const at = event.target;
  const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!at.matches) return;
  if (at.matches(".text .s[role=button]")) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      hold(at, true);
    } else if (way) {
      event.preventDefault();
      const piece = pieceOf(at);
      const stops = all(".s.f", piece.text).filter((one) => piece.voice === null || one.classList.contains("on"));
      const next = stops[stops.indexOf(at) + way];
      if (next) next.focus();
    }
  } else if (card.contains(at) && way && !typing(at)) {
    const stops = all("button, a", card);
    const next = stops[stops.indexOf(at) + way];
    event.preventDefault();
    if (next) next.focus();
  }
});
addEventListener("beforeprint", () => hideCard(false));
