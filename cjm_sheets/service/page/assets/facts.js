// What the server wrote into the page: which map, who looks at it, and all words.

export const facts = JSON.parse(document.getElementById("facts").textContent);
export const canEdit = facts.role !== "read";
export const isOwner = facts.role === "owner";
/** Tells this window from others, so that nobody is told of their own changes. */
export const windowId = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);

export function t(key, values = {}) {
  return facts.words[key].replace(/\{(\w+)\}/g, (all, name) =>
    name in values ? String(values[name]) : all);
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);
