// What every script of the pages needs: elements, and what this browser remembers.
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const make = (tag, name, words) => {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (words) made.textContent = words;
  return made;
};
const memory = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(`onrecord.${key}`));
    } catch {
      return null; // a page that is a file may have no memory
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(`onrecord.${key}`);
      else localStorage.setItem(`onrecord.${key}`, JSON.stringify(value));
    } catch {
      /* then it is forgotten */
    }
  },
};
document.documentElement.classList.add("script");
