// A block of cells: from where it was begun to where it reaches, by keyboard or mouse.

const block = { anchor: null, head: null };

export const clear = () => { block.anchor = block.head = null; };

export function start(row, column) {
  block.anchor = block.head = { row, column };
}

export function extend(row, column) {
  if (block.anchor) block.head = { row, column };
}

export function bounds() {
  if (!block.anchor) return null;
  const { anchor, head } = block;
  return {
    top: Math.min(anchor.row, head.row), bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column), right: Math.max(anchor.column, head.column),
  };
}

/** Tells whether the block was begun here. */
export const beganAt = (row, column) =>
  block.anchor !== null && block.anchor.row === row && block.anchor.column === column;

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
