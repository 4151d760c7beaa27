// Remembers one's own steps. Undoing is an edit like any other: it never overwrites a colleague.

const KEPT = 200;
const done = [];
const undone = [];

export function remember(edits, kind = "new") {
  const step = { edits };
  (kind === "undo" ? undone : done).push(step);
  if (kind === "new") undone.length = 0;
  if (done.length > KEPT) done.shift();
  return step;
}

/** Forgets edits of a step that did not come through. */
export function drop(step, edits) {
  step.edits = step.edits.filter((edit) => !edits.includes(edit));
  for (const list of [done, undone]) {
    const at = list.indexOf(step);
    if (at >= 0 && !step.edits.length) list.splice(at, 1);
  }
}

/** Remembers a row that came or went: {tab, rowId, cells, came}. */
export function rememberRow(row) {
  done.push({ edits: [], row });
  undone.length = 0;
}

/** A row step that was carried out in one direction can be taken back in the other. */
export function turned(row, kind) {
  (kind === "undo" ? undone : done).push({ edits: [], row });
}

const back = (step) => step.edits.map(({ tab, row, column, before, after }) =>
  ({ tab, row, column, before: after, after: before }));

const taken = (step) => (!step ? null : step.row
  ? { row: { ...step.row, came: !step.row.came } } : { wishes: back(step) });

/** What takes the last step back: {wishes} for cells, {row} for a row; null without one. */
export const lastStep = () => taken(done.pop());
export const nextStep = () => taken(undone.pop());
