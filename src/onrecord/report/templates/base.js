// The page reads without its script. With it there is one index for each article: what belongs to a
// statement, a voice, a finding. The other files look things up here.
const wide = matchMedia("(min-width: 66.01rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const add = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
const pieces = new Map();
// What Escape ends, innermost first: functions that say whether there was anything to end.
const escapes = [];

const indexText = (piece) => {
  for (const map of [piece.statements, piece.voices, piece.marks, piece.evidence, piece.refs]) map.clear();
  for (const part of all("[data-a], [data-w], [data-f], [data-e]", piece.text)) {
    const { a, w, f, e } = part.dataset;
    if (a && piece.data.statements[a]) {
      add(piece.statements, a, part);
      add(piece.voices, piece.data.statements[a].chain[0][0], part);
    }
    if (w) add(piece.voices, w, part);
    for (const n of f ? f.split(" ") : []) add(piece.marks, n, part);
    for (const n of e ? e.split(" ") : []) add(piece.evidence, n, part);
  }
  for (const ref of all(".ref", piece.text)) piece.refs.set(ref.dataset.n, ref);
  piece.blocks = all(":scope > .b", piece.text);
};
const indexNotes = (piece) => {
  piece.notes = all(".note[data-n]", piece.aside);
  piece.rows = new Map(all("tr[data-voice]", piece.root).map((row) => [row.dataset.voice, row]));
};
for (const root of all(".piece")) {
  const piece = {
    root, text: root.querySelector(".text"), aside: root.querySelector(".margin"),
    data: JSON.parse(root.querySelector(".data").textContent),
    statements: new Map(), voices: new Map(), marks: new Map(), evidence: new Map(), refs: new Map(),
    voice: null, family: null, active: null, page: 0,
  };
  indexText(piece);
  indexNotes(piece);
  pieces.set(root, piece);
}
const pieceOf = (node) => pieces.get(node.closest(".piece"));
const firstPiece = () => [...pieces.values()].find((piece) => piece.notes.length) || pieces.values().next().value;
const typing = (node) => node.isContentEditable || node.matches("input, textarea, select");

const go = (target) => {
  const block = target.closest(".b.off");
  if (block) clearVoice();
  target.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  for (const other of all(".at")) other.classList.remove("at");
  target.classList.add("at");
  setTimeout(() => target.classList.remove("at"), 2500);
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") escapes.some((end) => end());
});
