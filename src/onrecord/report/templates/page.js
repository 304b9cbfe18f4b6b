// The page reads without this. With it: pointing at a statement shows whose word it is and marks the
// voice everywhere; a voice shows only what it says; notes stand level with their places.
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, name, words) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (words) made.textContent = words;
    return made;
  };
  document.documentElement.classList.add("script");
  const card = document.querySelector(".card");
  const bar = document.querySelector(".filter");
  const dialog = document.querySelector("dialog");
  const wide = matchMedia("(min-width: 66.01rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // One index for each article, made once: what belongs to a statement, a voice, a finding.
  const add = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
  const pieces = new Map();
  for (const root of all(".piece")) {
    const piece = {
      root, data: JSON.parse(root.querySelector(".data").textContent), sheet: root.querySelector(".sheet"),
      statements: new Map(), voices: new Map(), marks: new Map(), evidence: new Map(), voice: null, active: null,
      notes: all(".note[data-n]", root), blocks: all(".text > .b", root), wires: root.querySelector(".wires"),
    };
    for (const part of all(".text [data-a], .text [data-w], .text [data-f], .text [data-e]", root)) {
      const { a, w, f, e } = part.dataset;
      if (a) {
        add(piece.statements, a, part);
        add(piece.voices, piece.data.statements[a].chain[0][0], part);
      }
      if (w) add(piece.voices, w, part);
      for (const n of f ? f.split(" ") : []) add(piece.marks, n, part);
      for (const n of e ? e.split(" ") : []) add(piece.evidence, n, part);
    }
    piece.rows = new Map(all("tr[data-voice]", root).map((row) => [row.dataset.voice, row]));
    piece.refs = new Map(all(".text .ref", root).map((ref) => [ref.dataset.n, ref]));
    pieces.set(root, piece);
  }
  const pieceOf = (node) => pieces.get(node.closest(".piece"));

  // A voice marked everywhere.
  let hot = [];
  const heat = (piece, voice) => {
    for (const part of hot) part.classList.remove("hot", "who");
    hot = piece && voice ? [...(piece.voices.get(voice) || [])] : [];
    if (hot.length && piece.rows.has(voice)) hot.push(piece.rows.get(voice));
    for (const part of hot) {
      part.classList.add("hot");
      if (part.dataset.w === voice) part.classList.add("who");
    }
  };

  // The card: the chain of voices of a statement, innermost first.
  let held = null;
  let timer = 0;
  const hide = (back) => {
    clearTimeout(timer);
    if (back && held) held.focus({ preventScroll: true });
    held = null;
    card.hidden = true;
    heat(null);
  };
  const place = (target) => {
    card.hidden = false;
    card.style.left = card.style.top = "";
    if (innerWidth <= 704) return;
    const rects = target.getClientRects();
    const rect = rects[rects.length - 1] || target.getBoundingClientRect();
    const left = Math.max(12, Math.min(rect.left, document.documentElement.clientWidth - card.offsetWidth - 12));
    const below = rect.bottom + 6 + card.offsetHeight < innerHeight;
    const first = rects[0] || rect;
    const top = below ? rect.bottom + 6 : first.top - 6 - card.offsetHeight;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${Math.max(0, top + scrollY)}px`;
  };
  const voiceLine = (piece, id, says) => {
    const item = make("li");
    if (id === null) {
      item.append(make("b", "", "× nobody stated"), make("span", "about", `the story ${says} this on no one’s stated word`));
      return item;
    }
    const [name, kind, mark, title, reason, key] = piece.data.voices[id];
    const button = make("button", "voice");
    button.type = "button";
    button.dataset.voice = id;
    const sign = make("span", `mark t-${key}`, mark);
    sign.setAttribute("aria-hidden", "true");
    button.append(sign, name);
    const why = key === "anonymous" ? (reason ? `; reason: ${reason}` : "; no reason found") : "";
    item.append(button, make("span", "about", `${kind}${title ? `, ${title}` : ""}${why}; ${says} this`));
    return item;
  };
  const show = (target) => {
    const piece = pieceOf(target);
    const { chain, form, confidence, speaker } = piece.data.statements[target.dataset.a];
    const list = make("ol");
    for (const [id, says] of chain) list.append(voiceLine(piece, id, says));
    const more = chain.length > 1 ? `${chain.length} voices deep · ` : "";
    const words = { direct: "in quotation marks", indirect: "in the story’s words", mixed: "partly in quotation marks" }[form];
    card.replaceChildren(list, make("p", "soft", `${more}${words} · the extraction is ${Math.round(100 * confidence)}% sure${speaker === null ? "" : `, the speaker ${Math.round(100 * speaker)}%`}`));
    card.piece = piece;
    place(target);
    heat(piece, chain[0][0]);
  };
  // On a phone: all notes at one place, for a finger is wider than a number.
  const showNotes = (piece, ref) => {
    let first = ref;
    while (first.previousElementSibling && first.previousElementSibling.matches(".ref") && first.previousSibling === first.previousElementSibling) first = first.previousElementSibling;
    const copies = [];
    for (let at = first; at && at.matches && at.matches(".ref"); at = at.nextSibling) {
      const note = piece.notes.find((one) => one.dataset.n === at.dataset.n);
      const copy = make("div", "one");
      for (const part of note.childNodes) copy.append(part.cloneNode(true));
      copies.push(copy);
    }
    card.replaceChildren(...copies);
    card.piece = piece;
    held = ref;
    place(ref);
  };
  const hold = (target, keyboard) => {
    show(target);
    held = target;
    if (keyboard) (card.querySelector("button") || card).focus({ preventScroll: true });
  };
  const statementAt = (node) => {
    const part = node.closest && node.closest(".text .s[data-a]");
    return part || null;
  };

  // Only what one voice says.
  const filter = (piece, voice) => {
    const on = voice !== null && piece.voice !== voice;
    piece.voice = on ? voice : null;
    const text = piece.root.querySelector(".text");
    for (const part of all(".on", text)) part.classList.remove("on");
    const parts = on ? piece.voices.get(voice) || [] : [];
    const kept = new Set();
    for (const part of parts) {
      part.classList.add("on");
      if (part.dataset.a && piece.data.statements[part.dataset.a].chain[0][0] === voice) kept.add(part.closest(".b"));
    }
    text.classList.toggle("dim", on);
    let skipped = false;
    for (const block of piece.blocks) {
      const off = on && !kept.has(block);
      block.classList.toggle("off", off);
      block.classList.toggle("skip-mark", on && !off && skipped);
      skipped = off;
    }
    for (const button of all("button.voice", piece.root)) {
      button.setAttribute("aria-pressed", String(on && button.dataset.voice === voice));
    }
    bar.hidden = !on;
    if (on) {
      const count = new Set(parts.map((p) => p.dataset.a).filter((a) => a && piece.data.statements[a].chain[0][0] === voice)).size;
      const end = make("button", "", "Show all");
      end.type = "button";
      end.dataset.do = "clear";
      bar.replaceChildren(make("span", "", `Only ${piece.data.voices[voice][0]}: ${count} statement${count === 1 ? "" : "s"}`), end);
    }
    level(piece);
  };
  const filtered = () => [...pieces.values()].find((piece) => piece.voice !== null);
  const clear = () => {
    const piece = filtered();
    if (piece) filter(piece, piece.voice);
  };

  // Notes level with their places, the active one exactly so; all is measured before anything moves.
  const level = (piece) => {
    const on = wide.matches;
    piece.root.classList.toggle("levelled", on);
    draw(piece, null);
    const list = piece.root.querySelector(".notes");
    if (!on) {
      for (const note of piece.notes) {
        note.style.transform = "";
        note.hidden = false;
      }
      return;
    }
    // A note belongs next to the line where its words begin; where they are long, next to its number.
    const rows = piece.notes.map((note) => {
      const from = (piece.marks.get(note.dataset.n) || [piece.refs.get(note.dataset.n)])[0];
      const rect = from && from.getClientRects()[0];
      return { note, seen: !from || Boolean(rect), at: rect ? rect.top : null };
    });
    const zero = list.getBoundingClientRect().top;
    for (const row of rows) row.want = row.at === null ? 0 : row.at - zero;
    for (const row of rows) row.note.hidden = !row.seen;
    for (const row of rows) row.tall = row.seen ? row.note.offsetHeight : 0;
    const order = rows.filter((row) => row.seen).sort((a, b) => a.want - b.want || a.note.dataset.n - b.note.dataset.n);
    const gap = 16;
    const at = order.findIndex((row) => row.note === piece.active);
    let floor = 0;
    order.forEach((row) => {
      row.top = Math.max(row.want, floor);
      floor = row.top + row.tall + gap;
    });
    if (at >= 0) {
      order[at].top = Math.max(0, order[at].want);
      for (let n = at - 1; n >= 0; n -= 1) order[n].top = Math.min(order[n].top, order[n + 1].top - order[n].tall - gap);
      for (let n = at + 1; n < order.length; n += 1) order[n].top = Math.max(order[n].want, order[n - 1].top + order[n - 1].tall + gap);
    }
    for (const row of order) row.note.style.transform = `translateY(${Math.round(row.top)}px)`;
    const last = order[order.length - 1];
    list.style.setProperty("--tall", `${last ? Math.max(0, Math.round(last.top + last.tall)) : 0}px`);
  };

  // Lines from a note to its place and its evidence, along the gutter.
  const SVG = "http://www.w3.org/2000/svg";
  let lit = [];
  const draw = (piece, note, top) => {
    for (const part of lit) part.classList.remove("lit");
    lit = [];
    piece.wires.replaceChildren();
    if (!note) return;
    const number = note.dataset.n;
    const own = piece.marks.get(number) || [];
    lit = [note, ...own];
    const places = [[own[0] || piece.refs.get(number), true]];
    for (const [key, parts] of piece.evidence) {
      if (!key.startsWith(`${number}.`)) continue;
      lit.push(...parts);
      if (places.length < 25) places.push([parts[0], false]);
    }
    for (const part of lit) part.classList.add("lit");
    if (!wide.matches) return;
    const frame = piece.sheet.getBoundingClientRect();
    const edge = piece.root.querySelector(".text").getBoundingClientRect().right - frame.left + 8;
    const list = piece.root.querySelector(".notes").getBoundingClientRect();
    const start = [list.left - frame.left - 4, (top ?? note.getBoundingClientRect().top) - frame.top + 9];
    const spine = edge + (start[0] - edge) * 0.5;
    for (const [target, first] of places) {
      const rect = target && target.getClientRects()[0];
      if (!rect) continue;
      const y = rect.top + rect.height / 2 - frame.top;
      const turn = Math.min(6, Math.abs(y - start[1]) / 2) * Math.sign(y - start[1]);
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", `M${start[0]} ${start[1]}H${spine + 6}q-6 0 -6 ${turn}V${y - turn}q0 ${turn} -6 ${turn}H${edge}`);
      if (first) path.setAttribute("class", "own");
      const dot = document.createElementNS(SVG, "circle");
      for (const [name, value] of [["cx", edge], ["cy", y], ["r", first ? 3.5 : 2.5]]) dot.setAttribute(name, value);
      piece.wires.append(path, dot);
    }
  };
  const activate = (piece, note) => {
    piece.active = note;
    level(piece);
    const moved = new DOMMatrix(note.style.transform || "none").m42;
    draw(piece, note, wide.matches ? note.parentNode.getBoundingClientRect().top + moved : undefined);
  };

  const go = (target) => {
    target.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    target.classList.add("at");
    setTimeout(() => target.classList.remove("at"), 2500);
  };
  const openRule = (link) => {
    const page = document.getElementById(link.hash.slice(1));
    if (!page) return;
    const title = page.querySelector("summary").cloneNode(true);
    const heading = make("h2", "", title.textContent);
    dialog.querySelector(".rule").replaceChildren(heading, ...all(".rule > *", page).map((n) => n.cloneNode(true)));
    dialog.showModal();
  };
  const copy = async (button) => {
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

  document.addEventListener("mouseover", (event) => {
    if (held) return;
    const part = statementAt(event.target);
    const note = event.target.closest(".note[data-n], .text .m, .text .ref");
    clearTimeout(timer);
    if (part) timer = setTimeout(() => show(part), 110);
    else if (!card.contains(event.target) && !card.hidden) timer = setTimeout(() => hide(false), 220);
    else if (event.target.closest(".text .w") && card.hidden) heat(pieceOf(event.target), event.target.closest(".w").dataset.w);
    else if (card.hidden) heat(null);
    if (note && wide.matches) {
      const piece = pieceOf(note);
      const number = note.dataset.n || note.dataset.f.split(" ")[0];
      draw(piece, piece.notes.find((one) => one.dataset.n === number));
    }
  });
  document.addEventListener("focusin", (event) => {
    const part = statementAt(event.target);
    if (part && event.target.matches(":focus-visible")) show(part);
    else if (!card.contains(event.target) && !held) hide(false);
    const note = event.target.closest(".note[data-n]");
    if (note && event.target.matches(":focus-visible")) activate(pieceOf(note), note);
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    const doing = target.closest("[data-do]");
    const voice = target.closest("button.voice");
    const link = target.closest("a");
    const part = statementAt(target);
    if (doing) {
      const what = doing.dataset.do;
      if (what === "copy") copy(doing);
      if (what === "print") print();
      if (what === "clear") clear();
      if (what === "all") {
        doing.closest(".voices").classList.add("all");
        doing.parentNode.remove();
      }
    } else if (voice) {
      const piece = card.contains(voice) ? card.piece : pieceOf(voice);
      const inCard = card.contains(voice);
      const row = piece.rows.get(voice.dataset.voice);
      const other = filtered();
      if (other && other !== piece) clear();
      filter(piece, voice.dataset.voice);
      if (inCard) hide(false);
      if (piece.voice !== null) {
        const first = (piece.voices.get(voice.dataset.voice) || []).find((one) => one.dataset.a);
        if (inCard && row) row.querySelector("button").focus({ preventScroll: true });
        if (first) first.scrollIntoView({ block: "center" });
      }
    } else if (link && link.classList.contains("rulelink")) {
      event.preventDefault();
      openRule(link);
    } else if (link && link.dataset.e) {
      const piece = pieceOf(link) || card.piece;
      const places = piece.evidence.get(link.dataset.e);
      if (places) {
        event.preventDefault();
        go(places[0]);
      }
    } else if (link && (link.classList.contains("ref") || link.classList.contains("number"))) {
      const piece = pieceOf(link) || card.piece;
      const number = link.dataset.n || link.textContent;
      const note = piece.notes.find((one) => one.dataset.n === number);
      if (!wide.matches && link.closest(".text")) {
        event.preventDefault();
        showNotes(piece, link);
      } else if (wide.matches) {
        event.preventDefault();
        activate(piece, note);
        if (link.classList.contains("ref")) note.querySelector(".number").focus({ preventScroll: true });
        go(piece.refs.get(number));
      }
    } else if (target.dataset.a && target.closest("svg.track")) {
      const first = pieceOf(target).statements.get(target.dataset.a)[0];
      go(first);
      hold(first, false);
    } else if (part && !link) {
      if (held === part) hide(false);
      else hold(part, false);
    } else if (target.closest(".note[data-n]") && !link && !target.closest("details")) {
      const note = target.closest(".note");
      activate(pieceOf(note), note);
    } else if (!card.contains(target)) {
      hide(false);
    }
  });
  const step = (from, way) => {
    const piece = pieceOf(from);
    const stops = all(".text .s.f", piece.root).filter((one) => piece.voice === null || one.classList.contains("on"));
    const next = stops[stops.indexOf(from) + way];
    if (next) next.focus();
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    const ways = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key === "Escape") {
      if (!card.hidden) hide(true);
      else clear();
    } else if (at.matches(".text .s[role=button]")) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        hold(at, true);
      } else if (ways[event.key]) {
        event.preventDefault();
        step(at, ways[event.key]);
      }
    } else if (card.contains(at) && ways[event.key]) {
      const stops = all("button, a", card);
      const next = stops[stops.indexOf(at) + ways[event.key]];
      event.preventDefault();
      if (next) next.focus();
    }
  });

  let frame = 0;
  const again = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => pieces.forEach(level));
  };
  addEventListener("resize", again);
  document.addEventListener("toggle", again, true);
  addEventListener("beforeprint", () => {
    hide(false);
    clear();
  });
  pieces.forEach(level);
  requestAnimationFrame(() => document.documentElement.classList.add("moving"));
})();
