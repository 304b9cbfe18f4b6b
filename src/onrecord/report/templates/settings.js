// The settings of the page: a change is checked at once, and remembered.
const settingsForm = document.querySelector("form[data-settings]");
if (settingsForm) {
  const recheck = () => checkAgain(pieces.values().next().value);
  const known = memory.get("settings");
  if (known && JSON.stringify(known) !== JSON.stringify({ ...known, ...readSettings(settingsForm) })) {
    const outlet = settingsForm.elements.outlet.value;
    fillSettings(settingsForm, { ...known, outlet: outlet || known.outlet || "" });
    setTimeout(recheck);
  }
  settingsForm.addEventListener("change", () => memory.set("settings", readSettings(settingsForm)));
  settingsForm.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.hasAttribute("data-export")) return;
    event.preventDefault();
    memory.set("settings", readSettings(settingsForm));
    recheck();
  });
  document.addEventListener("click", (event) => {
    const doing = event.target.closest("[data-do]");
    if (!doing) return;
    const box = document.getElementById("settings");
    if (doing.dataset.do === "settings") {
      event.preventDefault();
      box.open = !box.open;
      if (box.open) {
        box.scrollIntoView({ block: "nearest" });
        box.querySelector("input:not([type=hidden])").focus();
      }
    }
    if (doing.dataset.do === "forget-settings") {
      memory.set("settings", null);
      defaultSettings(settingsForm);
      recheck();
    }
  });
}
