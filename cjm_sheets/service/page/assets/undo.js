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

const back = (step) => step.edits.map(({ tab, row, column, before, after }) =>
  ({ tab, row, column, before: after, after: before }));

/** The wishes that take the last step back; null without one. */
export function lastStep() {
  const step = done.pop();
  return step ? back(step) : null;
}

export function nextStep() {
  const step = undone.pop();
  return step ? back(step) : null;
}
