// Keeps the visitor where they are while the table under them changes: their cell, what they see.

const viewport = (place) => place.querySelector(".ag-body-viewport");

/** Remembers which row is uppermost in sight, and how far it is scrolled away. */
export function inSight(place, rows, height) {
  const top = viewport(place)?.scrollTop ?? 0;
  const at = Math.min(Math.floor(top / height), rows.length - 1);
  return { key: rows[at]?.key, at, beyond: top - at * height };
}

/** Scrolls so that the row that was uppermost is so again; if it is gone, nothing moves. */
export function showAgain(place, rows, height, { key, at, beyond }) {
  const there = rows[at]?.key === key ? at : rows.findIndex((row) => row.key === key);
  const port = viewport(place);
  const top = there * height + beyond;
  if (there >= 0 && port && Math.abs(port.scrollTop - top) > 1) port.scrollTop = top;
}

/** Does something that moves the focus, and gives it back to where it was, if it was elsewhere. */
export function keepingFocus(place, action) {
  const before = document.activeElement;
  const outside = before && before !== document.body && !place.contains(before);
  action();
  if (outside && document.activeElement !== before) before.focus({ preventScroll: true });
}
