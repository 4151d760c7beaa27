// A block of cells: from where it was begun to where it reaches, by keyboard or mouse.
// Its two ends stay with their rows and columns, wherever these go when the table changes.

const block = { anchor: null, head: null };

export const clear = () => { block.anchor = block.head = null; };

/** A spot is {row, column, key, at}: where a cell lies, and which row and column it is of. */
export function start(spot) {
  block.anchor = block.head = spot;
}

export function extend(spot) {
  if (block.anchor) block.head = spot;
}

/** Takes both ends to where their rows and columns lie by now; the ends of lost ones stay put. */
export function follow(rows, columns) {
  if (!block.anchor || !rows.length || !columns.length) {
    clear();
    return;
  }
  const single = block.anchor === block.head;
  block.anchor = followed(block.anchor, rows, columns);
  block.head = single ? block.anchor : followed(block.head, rows, columns);
}

function followed(spot, rows, columns) {
  const row = rows[spot.row]?.key === spot.key ? spot.row
    : rows.findIndex(({ key }) => key === spot.key);
  const column = columns.findIndex(({ at }) => at === spot.at);
  const there = {
    row: row < 0 ? Math.min(spot.row, rows.length - 1) : row,
    column: column < 0 ? Math.min(spot.column, columns.length - 1) : column,
  };
  return { ...there, key: rows[there.row].key, at: columns[there.column].at };
}

export function bounds() {
  if (!block.anchor) return null;
  const { anchor, head } = block;
  return {
    top: Math.min(anchor.row, head.row), bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column), right: Math.max(anchor.column, head.column),
  };
}

export const head = () => block.head;

export function isBlock() {
  const box = bounds();
  return box !== null && (box.top < box.bottom || box.left < box.right);
}

export function holds(row, column) {
  const box = bounds();
  return box !== null && isBlock()
    && row >= box.top && row <= box.bottom && column >= box.left && column <= box.right;
}
