// The panel of quotations: from fault to fault, an answer to each, and all of it as a table.
for (const panel of all(".held")) {
  const key = `answers.${panel.dataset.key}`;
  const kept = memory.get(key) || {};
  const rows = all("[data-quotation]", panel);
  const faults = rows.filter((row) => row.classList.contains("fault"));
  const where = panel.querySelector(".steps .where");
  let active = null;
  const open = () => faults.filter((row) => !(kept[row.dataset.quotation] || {}).dismissed);
  const count = () => {
    if (!where) return;
    const left = open();
    const n = left.indexOf(active);
    where.textContent = n < 0 ? `${left.length} to answer` : `${n + 1} of ${left.length}`;
  };
  const choose = (row) => {
    if (active) active.classList.remove("active");
    active = row;
    row.classList.add("active");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    count();
  };
  const step = (way) => {
    const left = open();
    if (!left.length) return;
    let at = left.indexOf(active);
    if (at < 0 && active) {
      // the active one was dismissed meanwhile: go on from where it stands
      at = left.findIndex((row) => rows.indexOf(row) > rows.indexOf(active));
      at = at < 0 ? left.length : at;
      if (way > 0) at -= 1;
    } else if (at < 0) at = way > 0 ? -1 : left.length;
    choose(left[Math.min(left.length - 1, Math.max(0, at + way))]);
  };
  const show = (row) => {
    const said = kept[row.dataset.quotation];
    const line = row.querySelector(".answered");
    const form = row.querySelector(".answer");
    row.classList.toggle("dismissed", Boolean(said && said.dismissed));
    line.hidden = !said;
    form.hidden = Boolean(said);
    if (said) {
      line.replaceChildren(make("b", "", said.dismissed ? "Dismissed: " : "Answered: "), said.answer, " ");
      const undo = make("button", "plain", "Undo");
      undo.type = "button";
      undo.dataset.held = "undo";
      line.append(undo);
    }
    count();
  };
  const keep = (row, dismissed) => {
    const field = row.querySelector("[name=answer]");
    const answer = field.value.trim();
    field.setCustomValidity(answer ? "" : "Say what the notes say, or why this is no fault.");
    if (!field.reportValidity()) return;
    kept[row.dataset.quotation] = { answer, dismissed };
    memory.set(key, kept);
    show(row);
    row.querySelector(".answered button").focus({ preventScroll: true });
  };
  const words = (row, selector) => all(selector, row).map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(" | ");
  // A cell that a spreadsheet would run is text.
  const cell = (text) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const table = () => {
    const head = ["verdict", "place", "speaker", "quotation", "material", "passage", "differences", "answer", "dismissed"];
    const parts = [".verdict", ".at-place", ".speaker", ".words", ".source", ".passage", ".reasons"];
    const lines = rows.map((row) => {
      const said = kept[row.dataset.quotation];
      return [...parts.map((selector) => words(row, selector)), said ? said.answer : "", said && said.dismissed ? "yes" : ""];
    });
    return [head, ...lines].map((line) => line.map(cell).join(",") + "\r\n").join("");
  };
  const save = () => {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", table()], { type: "text/csv" }));
    link.download = "quotations.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-held]");
    if (!button) return;
    const row = button.closest("[data-quotation]");
    const doing = button.dataset.held;
    if (doing === "save") save();
    else if (doing === "keep" || doing === "dismiss") keep(row, doing === "dismiss");
    else if (doing === "undo") {
      delete kept[row.dataset.quotation];
      memory.set(key, Object.keys(kept).length ? kept : null);
      show(row);
      row.querySelector("[name=answer]").focus({ preventScroll: true });
    } else step(Number(doing));
  });
  panel.addEventListener("input", (event) => event.target.setCustomValidity(""));
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(event.target.closest("[data-quotation]"), false);
  });
  panel.addEventListener("keydown", (event) => {
    const way = { j: 1, k: -1 }[event.key];
    if (!way || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    step(way);
  });
  for (const row of faults) {
    row.addEventListener("focus", () => {
      if (row.matches(":focus-visible") && active !== row) choose(row);
    });
    show(row);
  }
  count();
}
