// The list below an editor: a combobox that takes other values, too.

import { element } from "./facts.js";

let number = 0;

/** Makes an input offer values; `take` is called when one is clicked. */
export function offering(input, offers, label, take) {
  const id = `offers-${++number}`;
  const list = element("ul", { id, role: "listbox", "aria-label": label });
  const before = input.value;
  let found = [];
  let chosen = -1;

  Object.entries({
    role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list",
  }).forEach(([name, value]) => input.setAttribute(name, value));

  function paint(text) {
    const wanted = text.trim().toLocaleLowerCase();
    found = offers.filter((offer) => offer.toLocaleLowerCase().includes(wanted));
    list.replaceChildren(...found.map((offer, at) => element("li", {
      role: "option", id: `${id}-${at}`, "aria-selected": String(offer === before),
      onmousedown: (event) => {
        event.preventDefault();
        take(offer);
      },
    }, offer)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    chosen = -1;
    mark(found.indexOf(before));
  }

  function mark(at) {
    list.children[chosen]?.classList.remove("chosen");
    chosen = at;
    const option = list.children[at];
    if (option) {
      option.classList.add("chosen");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  input.addEventListener("input", () => paint(input.value));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !found.length) return;
    event.preventDefault();
    const from = chosen < 0 && step < 0 ? 0 : chosen;
    mark((from + step + found.length) % found.length);
    input.value = found[chosen];
  });
  return { list, start: (text) => paint(text) };
}
