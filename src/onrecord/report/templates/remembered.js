// Settings of a check, remembered in this browser and nowhere else.
const ARTICLES_OWN = ["token", "title", "published", "text"];
const readSettings = (form) => {
  const found = {};
  for (const field of form.elements) {
    if (!field.name || ARTICLES_OWN.includes(field.name) || field.type === "hidden" || field.type === "file") continue;
    if (field.type === "checkbox") (found[field.name] ??= []).push(...(field.checked ? [field.value] : []));
    else found[field.name] = field.value;
  }
  return found;
};
const fillSettings = (form, values) => {
  for (const field of form.elements) {
    if (!field.name || !(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = values[field.name].includes(field.value);
    else field.value = values[field.name];
  }
};
const DEFAULTS = { profile: "", standard: "", ignore: "", preview: [], outlet: "" };
const defaultSettings = (form) => {
  fillSettings(form, { ...DEFAULTS, family: all("[name=family]", form).map((one) => one.value) });
};
