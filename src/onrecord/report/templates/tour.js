// How to read this page, in five steps; offered once where a server shows the page.
const tour = document.querySelector("dialog.tour");
const steps = all("li", tour);
let at = 0;
const showStep = (n) => {
  at = Math.max(0, Math.min(n, steps.length - 1));
  for (const shown of all(".toured")) shown.classList.remove("toured");
  steps.forEach((one, k) => (one.hidden = k !== at));
  tour.querySelector("[role=status]").textContent = `${at + 1} of ${steps.length}`;
  tour.querySelector("[data-do=tour-back]").disabled = at === 0;
  tour.querySelector("[data-do=tour-next]").hidden = at === steps.length - 1;
  const target = document.querySelector(steps[at].dataset.show);
  if (!target) return;
  target.classList.add("toured");
  target.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
};
const endTour = () => {
  const was = tour.open;
  if (was) tour.close();
  for (const shown of all(".toured")) shown.classList.remove("toured");
  memory.set("tour", "seen");
  for (const offer of all(".offer")) offer.remove();
  return was;
};
escapes.unshift(() => tour.open && endTour());
document.addEventListener("click", (event) => {
  const doing = event.target.closest("[data-do]");
  const what = doing && doing.dataset.do;
  if (what === "tour") {
    showStep(0);
    if (!tour.open) tour.show();
    tour.querySelector("[data-do=tour-next]").focus();
  }
  if (what === "tour-next") showStep(at + 1);
  if (what === "tour-back") showStep(at - 1);
  if (what === "tour-end") endTour();
});
if (document.querySelector("[data-draft]") && !memory.get("tour")) {
  const offer = make("p", "offer ui");
  const begin = make("button", "plain", "How to read this page, in five steps");
  const end = make("button", "plain", "Not now");
  begin.type = end.type = "button";
  begin.dataset.do = "tour";
  end.dataset.do = "tour-end";
  offer.append("New here? ", begin, " ", end);
  document.getElementById("main").prepend(offer);
}
