// Dismissing a finding keeps the place; the reason stays in sight and can be taken back.
const recount = (piece) => {
  const left = piece.notes.filter((note) => !note.classList.contains("dismissed")).length;
  for (const shown of all(".count", piece.root)) {
    shown.textContent = String(left);
    const noun = shown.parentNode.lastChild;
    if (noun.nodeType === 3) noun.textContent = left === 1 ? " finding" : " findings";
  }
};
const setAside = (piece, note, reason, form) => {
  note.classList.add("dismissed");
  const line = make("p", "reason", `Dismissed: ${reason} `);
  const undo = make("button", "plain", "Undo");
  undo.type = "button";
  undo.addEventListener("click", async () => {
    const answer = await post(form.action.replace(/dismiss$/, "restore"), new FormData(form));
    if (!answer.ok) return say(line, answer.words);
    note.classList.remove("dismissed");
    line.remove();
    recount(piece);
    note.querySelector(".number").focus({ preventScroll: true });
  });
  line.append(undo);
  note.append(line);
  recount(piece);
  undo.focus({ preventScroll: true });
};
const say = (near, words) => {
  let shown = near.querySelector(".fault");
  if (!shown) {
    shown = make("span", "fault");
    shown.setAttribute("role", "alert");
    near.append(shown);
  }
  shown.textContent = words;
};
// A post that stays on the page: whether it went well, and what was said.
const post = async (address, body) => {
  try {
    const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(body) });
    const made = await answer.json().catch(() => ({}));
    const fault = made.error ? `${made.error.where}: ${made.error.what} ${made.error.remedy}` : "";
    return { ok: answer.ok, made, words: fault || (answer.ok ? "" : "The server did not answer as expected.") };
  } catch {
    return { ok: false, made: {}, words: "The server does not answer. Is it still running?" };
  }
};
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".dismiss form")) return;
  event.preventDefault();
  const piece = pieceOf(form) || card.piece;
  const mark = form.elements.fingerprint.value;
  const note = piece.notes.find((one) => one.querySelector("[name=fingerprint]").value === mark);
  const answer = await post(form.action, new FormData(form));
  if (!answer.ok) return say(form, answer.words);
  if (card.contains(form)) hideCard(false);
  note.querySelector("details.dismiss").open = false;
  setAside(piece, note, form.elements.reason.value.trim(), note.querySelector(".dismiss form"));
});
