// Decides what happens to an edit: shown at once, sent, and settled with the visitor if it clashes.

import { t } from "./facts.js";
import { conflict, givenBack, gone } from "./dialogs.js";
import { arrived, beside, called, model, settle, typedIn, wait } from "./model.js";
import { toast } from "./news.js";
import { asking, send } from "./queue.js";
import { remember, drop } from "./undo.js";

export const LONGEST = 50000;
let repaint = () => {};
let settled = () => {};

export function onEdits(painter, afterwards) {
  repaint = painter;
  settled = afterwards;
}

/** Carries out changes [{tab, row, column, after}] as one step that can be undone. */
export function change(wishes, how = {}) {
  return asking(() => changed(wishes, how));
}

async function changed(wishes, how) {
  const edits = wishes.filter(({ after }) => after.length <= LONGEST).map(made);
  if (edits.length < wishes.length) toast(t("too_long", { n: LONGEST }));
  const real = edits.filter((edit) => edit.before !== edit.after);
  if (!real.length) return;
  for (const edit of real) wait(edit.tab, edit.row, edit.column, edit);
  const step = how.silent ? null : remember(real, how.kind);
  repaint(real);
  let answer;
  try {
    answer = await send("edits", () => ({ edits: real.map(asSent) }), real.length);
  } catch (error) {
    for (const edit of real) arrived(edit.tab, edit.row, edit.column, edit);
    if (step) drop(step, real);
    repaint(real);
    await givenBack(error.message, real.map(({ after: typed }) => typed).join("\n"));
    return;
  }
  model.atLeast = Math.max(model.atLeast, answer.version);
  await sorted(real, answer.results, step);
}

async function sorted(edits, results, step) {
  const clashes = [];
  edits.forEach((edit, at) => {
    const result = results[at];
    if (result.state === "done" || result.state === "same") {
      settle(edit.tab, edit.row, edit.column, result.now);
      edit.after = result.now;
      if (result.rowId) edit.row.id = result.rowId;
    } else {
      clashes.push([edit, result]);
    }
    arrived(edit.tab, edit.row, edit.column, edit);
  });
  if (step) drop(step, clashes.map(([edit]) => edit));
  repaint(edits);
  settled(edits);
  for (const [edit, result] of clashes) await decided(edit, result);
}

async function decided(edit, result) {
  const cell = called(edit.tab, edit.row, edit.column);
  if (result.state === "moved") {
    await gone(cell, edit.after);
    return;
  }
  const mine = await conflict(cell, edit.before, result.shown || result.now, edit.after);
  settle(edit.tab, edit.row, edit.column, result.now);
  if (mine) await change([{ ...edit, before: result.now }]);
  else repaint([edit]);
}

function made({ tab, row, column, after, before }) {
  return {
    tab, row, column, after,
    before: before ?? typedIn(tab, row, column),
    beside: row.id ? {} : beside(tab, row, column),
  };
}

function asSent(edit) {
  return {
    sheetId: edit.tab.id,
    row: edit.row.at,
    rowId: edit.row.id,
    column: edit.column.at,
    heading: edit.column.heading,
    before: edit.before,
    after: edit.after,
    beside: edit.row.id ? {} : edit.beside,
  };
}
