// Lets rows come and go, and takes either back: never a row into which somebody else typed since.

import { Refused } from "./api.js";
import { tell } from "./dialogs.js";
import { t } from "./facts.js";
import { cellOf } from "./model.js";
import { announce, toast } from "./news.js";
import { send } from "./queue.js";
import { read } from "./reading.js";
import { rememberRow, turned } from "./undo.js";

/** What is typed into a row, by column; formulas of the table are left out. */
export const typedCells = (tab, row) => Object.fromEntries(tab.columns
  .filter((column) => !column.fixed)
  .map((column) => [column.at, row ? cellOf(tab, row, column).typed : ""]));

async function put(tab, rowId, cells) {
  const made = await send("rows", () => ({ sheetId: tab.id, rowId, cells }));
  await read();
  announce(t("row_added"));
  return made;
}

async function take(tab, row, cells) {
  await send("rows/delete", () => ({ sheetId: tab.id, row: row.at, rowId: row.id, beside: cells }));
  await read();
  announce(t("row_deleted"));
}

function refused(error) {
  if (error instanceof Refused && error.status === 409) tell(t("moved"), "");
  else toast(t("refused", { reason: error.message }));
}

/** Adds a row to a table; returns it, or nothing where that was refused. */
export async function add(tab) {
  try {
    const { row, rowId } = await put(tab, "", {});
    rememberRow({ tab, rowId, cells: typedCells(tab, null), came: true });
    return tab.rows.find((one) => one.at === row);
  } catch (error) {
    refused(error);
    return undefined;
  }
}

export async function remove(tab, row) {
  const cells = typedCells(tab, row);
  try {
    await take(tab, row, row.id ? {} : cells);
    rememberRow({ tab, rowId: row.id, cells, came: false });
  } catch (error) {
    refused(error);
  }
}

/** Carries a step with a row out once more, or takes it back. */
export async function turn(step, kind) {
  const { tab, cells, came } = step;
  try {
    let { rowId } = step;
    if (came) {
      ({ rowId } = await put(tab, rowId, cells));
    } else {
      const row = tab.rows.find((one) => rowId && one.id === rowId);
      if (!row) {
        tell(t("moved"), "");
        return;
      }
      await take(tab, row, cells);
    }
    turned({ tab, rowId, cells, came }, kind);
  } catch (error) {
    refused(error);
  }
}
