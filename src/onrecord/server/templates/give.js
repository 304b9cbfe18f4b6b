// Giving articles: files are dropped or chosen, sent one by one, and nothing typed is lost where the
// server refuses or does not answer.
const MOST_BYTES = 4_900_000;
for (const form of all("form[data-give]")) {
  const faults = form.querySelector(".faults");
  const input = form.querySelector("#file");
  const button = form.querySelector(".go");
  const label = button.textContent;
  const complain = (words) => {
    faults.hidden = false;
    faults.append(make("p", "", words));
    faults.scrollIntoView({ block: "nearest" });
  };
  const send = async (body) => {
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
      const made = await answer.json().catch(() => ({}));
      if (answer.ok) return made;
      complain(made.error ? `${made.error.where}: ${made.error.what} ${made.error.remedy}` : "The server did not answer as expected.");
    } catch {
      complain("The server does not answer. What you typed is still here.");
    }
    return null;
  };
  const each = async (files) => {
    let last = null;
    let number = 0;
    for (const file of files) {
      number += 1;
      button.textContent = files.length > 1 ? `${number} of ${files.length} …` : "Reading …";
      if (file.size > MOST_BYTES) {
        complain(`${file.name}: larger than 5 MB. Use the command line for it.`);
        continue;
      }
      const body = new FormData(form);
      body.delete("file");
      body.delete("text");
      body.append("file", file, file.name);
      last = (await send(body)) || last;
    }
    return last;
  };
  const submit = async (files) => {
    faults.replaceChildren();
    faults.hidden = true;
    button.disabled = true;
    button.textContent = "Reading …";
    const several = form.action.endsWith("/articles") && files.length > 0;
    const made = several ? await each(files) : await send(new FormData(form));
    button.disabled = false;
    button.textContent = label;
    if (!made) return;
    if (!faults.hidden && files.length > 1) {
      const on = make("a", "", "The others were read: see the list");
      on.href = "/";
      faults.append(on);
      return;
    }
    location.assign(files.length > 1 ? "/" : made.place);
  };
  form.addEventListener("submit", (event) => {
    if (event.submitter && (event.submitter.hasAttribute("data-export") || event.submitter.name === "example")) return;
    event.preventDefault();
    submit(input && input.multiple && !form.elements.text.value.trim() ? [...input.files] : []);
  });
  const folder = form.querySelector("#folder");
  const readable = (file) => input.accept.split(",").some((end) => file.name.toLowerCase().endsWith(end));
  if (folder) {
    folder.addEventListener("change", () => {
      const files = [...folder.files].filter(readable);
      if (files.length) submit(files);
      else complain("There is no file in this folder that is read here.");
    });
  }
  if (input) {
    for (const kind of ["dragover", "dragleave", "drop"]) {
      form.addEventListener(kind, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        form.classList.toggle("over-it", kind === "dragover");
        if (kind !== "drop") return;
        if (input.multiple) submit([...event.dataTransfer.files]);
        else {
          input.files = event.dataTransfer.files;
        }
      });
    }
  }
  // The choices that this browser remembers.
  if (form.hasAttribute("data-settings")) {
    const known = memory.get("settings");
    if (known) fillSettings(form, { ...known, outlet: form.elements.outlet.value || known.outlet || "" });
    form.addEventListener("change", (event) => {
      if (event.target.type !== "file" && event.target.name !== "text") memory.set("settings", readSettings(form));
    });
  }
}
