// Asks the visitor: which of two values shall stand, whether a row shall really go.

import { byId, element, t } from "./facts.js";

let last = Promise.resolve();

/** Shows one question after the other; resolves with the value of the button, "" for Esc. */
function ask(title, body, choices) {
  const asked = last.then(() => new Promise((resolve) => {
    const dialog = byId("ask");
    byId("ask-title").textContent = title;
    byId("ask-body").replaceChildren(...body);
    byId("ask-choices").replaceChildren(...choices.map(([value, label, kind]) =>
      element("button", { type: "button", class: kind, onclick: () => dialog.close(value) }, label)));
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  }));
  last = asked;
  return asked;
}

const paragraph = (text) => element("p", {}, text);
const value = (label, text) => [
  element("dt", {}, label),
  element("dd", {}, text === "" ? element("i", {}, t("empty")) : text),
];

/** Shows both values; tells whether the visitor's own one shall stand. */
export async function conflict(cell, before, theirs, mine) {
  const list = element("dl", {}, ...value(t("was"), before), ...value(t("theirs"), theirs),
    ...value(t("mine"), mine));
  const chosen = await ask(t("conflict"), [paragraph(t("conflict_lead", { cell })), list],
    [["theirs", t("keep_theirs")], ["mine", t("take_mine"), "strong"]]);
  return chosen === "mine";
}

export function gone(cell, mine) {
  const text = element("textarea", { readonly: true, rows: 3, "aria-label": t("mine") });
  text.value = mine;
  return ask(t("moved"), [paragraph(t("moved_lead", { cell })), text], [["", t("close")]]);
}

/** Says that an edit was refused, and gives back what was typed. */
export function givenBack(reason, typed) {
  const text = element("textarea", { readonly: true, rows: 5, "aria-label": t("mine") });
  text.value = typed;
  return ask(t("refused", { reason }), [text], [["", t("close")]]);
}

export async function sure(text, label) {
  const chosen = await ask(label, [paragraph(text)],
    [["", t("cancel")], ["yes", label, "danger"]]);
  return chosen === "yes";
}

export const tell = (title, text) => ask(title, [paragraph(text)], [["", t("close")]]);
