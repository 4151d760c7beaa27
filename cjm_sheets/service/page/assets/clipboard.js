// Decides which cells a pasted text goes to, and what of a block goes to the clipboard.

import { asText, fromText } from "./blocks.js";
import { shownIn } from "./model.js";

export const blocksOf = {
  text: ({ tab, rows, columns }) =>
    asText(rows.map((row) => columns.map((column) => shownIn(tab, row, column)))),

  /** A block fills the cells from the first one on; a single value fills all that are chosen. */
  wishes({ tab, box }, columns, text) {
    const lines = fromText(text);
    const single = lines.length === 1 && lines[0].length === 1;
    const high = single ? box.bottom - box.top + 1 : lines.length;
    const wishes = [];
    let left = 0;
    for (let down = 0; down < high; down += 1) {
      const line = single ? null : lines[down];
      const wide = single ? box.right - box.left + 1 : line.length;
      for (let across = 0; across < wide; across += 1) {
        const row = tab.rows[box.top + down];
        const column = columns[box.left + across];
        if (!row || !column || column.fixed) left += 1;
        else wishes.push({ tab, row, column, after: single ? lines[0][0] : line[across] });
      }
    }
    return { wishes, left };
  },
};
