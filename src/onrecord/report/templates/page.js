// The page works without this. With it: hover or focus shows a statement's chain of voices,
// and a voice in the register shows only what it says.
(() => {
  const tip = document.querySelector(".tip");
  const show = (event) => {
    const at = event.target.closest && event.target.closest(".s");
    tip.hidden = !at;
    if (at) tip.textContent = at.dataset.chain;
  };
  for (const kind of ["mouseover", "focusin", "click"]) document.addEventListener(kind, show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    tip.hidden = true;
    press(null);
  });
  const buttons = [...document.querySelectorAll("button.voice")];
  const press = (button) => {
    const on = button && button.getAttribute("aria-pressed") !== "true";
    for (const other of buttons) other.setAttribute("aria-pressed", String(on && other === button));
    for (const text of document.querySelectorAll(".text")) text.classList.toggle("dim", Boolean(on));
    for (const part of document.querySelectorAll(".s")) {
      part.classList.toggle("on", Boolean(on) && part.dataset.voice === button.dataset.voice);
    }
    const first = on && document.querySelector(".s.on");
    if (first) first.scrollIntoView({ block: "center" });
  };
  for (const button of buttons) button.addEventListener("click", () => press(button));
})();
