// Copy the summary, print.
const copySummary = async (button) => {
  const text = all("pre.summary").map((pre) => pre.textContent).join("\n");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy summary"), 2000);
};
document.addEventListener("click", (event) => {
  const doing = event.target.closest("[data-do]");
  if (doing && doing.dataset.do === "copy") copySummary(doing);
  if (doing && doing.dataset.do === "print") print();
});
