// The editor over a cell. What stood there when it was opened is what the edit is held against.

import { change, LONGEST } from "./editing.js";
import { canEdit, element, t } from "./facts.js";
import { typedIn } from "./model.js";
import { toast } from "./news.js";
import { offering } from "./offers.js";

const ROOM = 260;
let open = null;

let isHeld = false;

export const isOpen = () => open !== null;

/** Lets the table change beneath an open editor: that it loses the focus so does not end it. */
export function whileSteady(action) {
  isHeld = true;
  try {
    action();
  } finally {
    isHeld = false;
  }
}

/** Puts an open editor over its cell again, which may have moved. */
export function laidAgain(find) {
  const cell = open ? find() : null;
  if (cell) laid(open.box, cell, open.place.column);
}

/**
 * Opens an editor over a cell; `typed` is the key that opened it, if it was a letter.
 * `leave` is called with the way to go on: "down", "right", "left" or "" for nowhere.
 */
export function edit(place, cell, typed, leave) {
  close(true);
  if (!canEdit) return;
  if (place.column.fixed) {
    toast(t("fixed"));
    return;
  }
  const before = typedIn(place.tab, place.row, place.column);
  const input = field(place.column);
  input.value = before;
  const box = element("div", { class: "editor" }, input);
  open = { place, before, input, box, leave };
  if (place.column.offers.length) {
    const list = offering(input, place.column.offers, place.column.heading, (offer) => {
      input.value = offer;
      done("down");
    });
    box.append(list.list);
    list.start(typed);
  }
  if (typed) input.value = typed;
  laid(box, cell, place.column);
  document.body.append(box);
  input.focus();
  if (!typed) input.setSelectionRange(0, input.value.length);
  input.addEventListener("keydown", keyed);
  input.addEventListener("blur", () => {
    if (!isHeld) done(null);
  });
}

function field(column) {
  const label = { "aria-label": column.heading, maxlength: LONGEST, spellcheck: "true" };
  return column.kind === "long" && !column.offers.length
    ? element("textarea", { ...label, rows: 5 })
    : element("input", { ...label, autocomplete: "off" });
}

function laid(box, cell, column) {
  const area = cell.getBoundingClientRect();
  const wide = Math.max(area.width, column.kind === "long" ? 340 : column.offers.length ? 220 : 120);
  box.style.left = `${Math.max(4, Math.min(area.left, innerWidth - wide - 8))}px`;
  box.style.width = `${Math.min(wide, innerWidth - 8)}px`;
  box.style.minHeight = `${area.height}px`;
  if (area.top + ROOM > innerHeight && area.bottom > ROOM) {
    box.style.bottom = `${innerHeight - area.bottom}px`;
    box.style.top = "";
    box.classList.add("upward");
  } else {
    box.style.bottom = "";
    box.classList.remove("upward");
    box.style.top = `${area.top}px`;
  }
}

function keyed(event) {
  event.stopPropagation();
  const isText = event.target.tagName === "TEXTAREA";
  if (event.key === "Escape") close(false);
  else if (event.key === "Enter" && !(isText && (event.shiftKey || event.altKey))) done("down");
  else if (event.key === "Enter" && event.altKey) event.target.setRangeText("\n", ...span(event), "end");
  else if (event.key === "Tab") done(event.shiftKey ? "left" : "right");
  else return;
  event.preventDefault();
}

const span = ({ target }) => [target.selectionStart, target.selectionEnd];

function done(way) {
  if (!open) return;
  const { place, before, input } = open;
  const after = input.value;
  close(way === null, way ?? undefined);
  if (after !== before) change([{ ...place, before, after }]);
}

/** Takes the editor away; `quietly` leaves the focus where it went. */
function close(quietly, way = "") {
  if (!open) return;
  const { box, leave } = open;
  open = null;
  box.remove();
  if (!quietly) leave(way);
}
