// onrecord beside a textarea. Start the server for this page's own address:
//
//   onrecord serve --allow-origin http://localhost:8000
//   python -m http.server 8000 --directory examples/cms
//
// then open http://localhost:8000/. With a token: ?server=http://127.0.0.1:8765&token=TOKEN
"use strict";

const given = new URLSearchParams(location.search);
const server = given.get("server") || "http://127.0.0.1:8765";
const headers = { "Content-Type": "application/json" };
if (given.has("token")) headers.Authorization = `Bearer ${given.get("token")}`;

const draft = document.getElementById("draft");
const list = document.getElementById("findings");
const state = document.getElementById("state");
const PAUSE = 600; // milliseconds without a key before the text is checked
let timer, running;

async function check() {
  running?.abort(); // an answer to an older text is of no use
  running = new AbortController();
  const text = draft.value;
  if (!text.trim()) return show([], text);
  try {
    const answer = await fetch(`${server}/api/check`, {
      method: "POST",
      headers,
      signal: running.signal,
      // "utf-16" makes spans count as JavaScript's strings do.
      body: JSON.stringify({ text, units: "utf-16", include: ["excerpts"] }),
    });
    const value = await answer.json();
    if (!answer.ok) {
      state.textContent = `${value.error.what} ${value.error.remedy}`;
      const wait = Number(answer.headers.get("Retry-After"));
      if (answer.status === 503 && wait) timer = setTimeout(check, wait * 1000);
      return;
    }
    const [article] = value.articles;
    show(article.findings, text);
    state.textContent = article.problems.length
      ? article.problems[0].what
      : `${article.findings.length} findings.`;
  } catch (error) {
    if (error.name !== "AbortError") state.textContent = `No answer from ${server}.`;
  }
}

function show(findings, text) {
  list.replaceChildren(
    ...findings.map((finding) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const code = document.createElement("small");
      code.textContent = `${finding.code} ${finding.severity}: “${finding.excerpt}”`;
      button.append(finding.message, code); // as text: an article's words are never markup
      button.onclick = () => {
        if (draft.value !== text) return; // it was edited since; new findings are on their way
        draft.focus();
        draft.setSelectionRange(...finding.span);
      };
      item.append(button);
      return item;
    }),
  );
}

draft.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
});
check();
