// Why a finding matters: the rule's page opens beside the text.
const dialog = document.querySelector("dialog.page");
const openRule = async (link) => {
  const into = dialog.querySelector(".rule");
  if (link.hash.startsWith("#rule-")) {
    const page = document.getElementById(link.hash.slice(1));
    if (!page) return;
    const heading = make("h2", "", page.querySelector("summary").textContent);
    into.replaceChildren(heading, ...all(".rule > *", page).map((n) => n.cloneNode(true)));
  } else {
    const answer = await fetch(`${link.href}?part=page`).catch(() => null);
    if (!answer || !answer.ok) {
      location.assign(link.href);
      return;
    }
    into.innerHTML = await answer.text();
    const whole = make("a", "", "Open as a page of its own");
    whole.href = link.href;
    into.append(whole);
  }
  dialog.opener = link;
  if (!dialog.open) dialog.show();
  dialog.scrollTop = 0;
  dialog.querySelector("button").focus({ preventScroll: true });
};
dialog.addEventListener("close", () => dialog.opener && dialog.opener.focus({ preventScroll: true }));
escapes.unshift(() => {
  const was = dialog.open;
  if (was) dialog.close();
  return was;
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.rulelink");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openRule(link);
});
