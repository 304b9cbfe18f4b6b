// Only what one voice says.
const bar = document.querySelector(".filter");
const filterVoice = (piece, voice) => {
  const on = voice !== null && piece.voice !== voice;
  piece.voice = on ? voice : null;
  for (const part of all(".on", piece.text)) part.classList.remove("on");
  const parts = on ? piece.voices.get(voice) || [] : [];
  const own = (part) => part.dataset.a && piece.data.statements[part.dataset.a].chain[0][0] === voice;
  const kept = new Set();
  for (const part of parts) {
    part.classList.add("on");
    if (own(part)) kept.add(part.closest(".b"));
  }
  piece.text.classList.toggle("dim", on);
  let skipped = false;
  for (const block of piece.blocks) {
    const off = on && !kept.has(block) && !block.matches(".headline");
    block.classList.toggle("off", off);
    block.classList.toggle("skip-mark", on && !off && skipped);
    skipped = off;
  }
  for (const button of all("button.voice", piece.root)) {
    button.setAttribute("aria-pressed", String(on && button.dataset.voice === voice));
  }
  bar.hidden = !on;
  if (on) {
    const count = new Set(parts.filter(own).map((p) => p.dataset.a)).size;
    const end = make("button", "", "Show all");
    end.type = "button";
    end.dataset.do = "clear";
    bar.replaceChildren(make("span", "", `Only ${piece.data.voices[voice][0]}: ${count} statement${count === 1 ? "" : "s"}`), end);
  }
};
const filtered = () => [...pieces.values()].find((piece) => piece.voice !== null);
const clearVoice = () => {
  const piece = filtered();
  if (piece) filterVoice(piece, piece.voice);
  return Boolean(piece);
};
escapes.push(clearVoice);
document.addEventListener("click", (event) => {
  const voice = event.target.closest("button.voice");
  const doing = event.target.closest("[data-do]");
  if (voice) {
    const inCard = card.contains(voice);
    const piece = inCard ? card.piece : pieceOf(voice);
    const row = piece.rows.get(voice.dataset.voice);
    const other = filtered();
    if (other && other !== piece) clearVoice();
    filterVoice(piece, voice.dataset.voice);
    if (inCard) hideCard(false);
    if (piece.voice === null) return;
    if (inCard && row) {
      row.closest("details").open = true;
      row.closest(".voices").classList.toggle("all", row.classList.contains("more") || row.closest(".voices").matches(".all"));
      row.querySelector("button").focus({ preventScroll: true });
    }
    const first = (piece.voices.get(voice.dataset.voice) || []).find((one) => one.dataset.a);
    if (first) first.scrollIntoView({ block: "center" });
  } else if (doing && doing.dataset.do === "clear") {
    clearVoice();
  } else if (doing && doing.dataset.do === "all") {
    doing.closest(".voices").classList.add("all");
    doing.parentNode.remove();
  }
});
addEventListener("beforeprint", clearVoice);
