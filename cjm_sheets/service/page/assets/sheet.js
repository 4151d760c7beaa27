// The grid: shows one table of the model, and turns what the visitor does in it into edits.

import {
  AllCommunityModule, createGrid, ModuleRegistry, themeQuartz,
} from "/page/assets/grid.js";
import { blocksOf } from "./clipboard.js";
import { change } from "./editing.js";
import { edit, isOpen, laidAgain, whileSteady } from "./editor.js";
import { byId, canEdit, facts, t } from "./facts.js";
import { cellOf, isWaiting, shownIn, tabById, typedIn } from "./model.js";
import { toast } from "./news.js";
import * as selection from "./selection.js";
import { inSight, keepingFocus, showAgain } from "./steady.js";
import { redo, undo } from "./steps.js";

ModuleRegistry.registerModules([AllCommunityModule]);

const FONT = { family: ["Inter", "Segoe UI", "system-ui", "sans-serif"] };
const light = {
  accentColor: "#0b6e99", backgroundColor: "#ffffff", foregroundColor: "#1c2833",
  headerBackgroundColor: "#eef3f6", headerTextColor: "#2b3f4c", borderColor: "#d5dee4",
};
const dark = {
  accentColor: "#6cc4e8", backgroundColor: "#161d23", foregroundColor: "#e4ebef",
  headerBackgroundColor: "#202a32", headerTextColor: "#c9d6de", borderColor: "#34424d",
  browserColorScheme: "dark",
};
const look = themeQuartz.withParams({
  fontFamily: FONT.family, fontSize: 13, headerFontSize: 12, headerFontWeight: 600,
  cellHorizontalPadding: 10, wrapperBorderRadius: 10, spacing: 6,
}).withParams(light).withParams(dark, "dark");

const HEIGHT = 41;

let grid = null;
let shown = 0;
/** The row and column in which the visitor is: rows move, and the grid knows their numbers only. */
let here = null;
let moved = () => {};

export const currentTab = () => tabById(shown);
const visible = (tab) => tab.columns.filter((column) => !column.hidden);

export function makeGrid(onMove) {
  moved = onMove;
  const darkly = matchMedia("(prefers-color-scheme: dark)");
  const mode = () => { document.body.dataset.agThemeMode = darkly.matches ? "dark" : "light"; };
  darkly.addEventListener("change", mode);
  mode();
  const place = byId("grid");
  grid = createGrid(place, {
    theme: look,
    styleNonce: facts.nonce,
    columnDefs: [],
    rowData: [],
    getRowId: ({ data }) => String(data.key),
    rowHeight: HEIGHT,
    ensureDomOrder: true,
    suppressMovableColumns: true,
    suppressDragLeaveHidesColumns: true,
    localeText: { noRowsToShow: t("empty") },
    defaultColDef: { suppressKeyboardEvent: keyed, sortable: false, resizable: true },
    onCellFocused: () => focused(),
    onCellMouseDown: pressed,
    onCellMouseOver: dragged,
    onCellDoubleClicked: () => opened(""),
    onFirstDataRendered: labelled,
  });
  place.addEventListener("copy", copied);
  place.addEventListener("cut", copied);
  place.addEventListener("paste", pasted);
}

export function showTab(id) {
  shown = id;
  here = null;
  selection.clear();
  grid.clearFocusedCell();
  const tab = currentTab();
  grid.setGridOption("columnDefs", [numbers(), ...visible(tab).map((column) => defined(tab, column))]);
  grid.setGridOption("rowData", tab.rows);
  grid.refreshCells({ force: true });
  labelled();
  moved(null);
}

/**
 * Shows what a reading brought: cells that changed, rows only if they are others, columns too.
 * The visitor stays in their cell, with their block, their editor and what they see.
 */
export function refreshed({ touched, rows, columns }) {
  const tab = currentTab();
  if (!rows.has(shown) && !columns.has(shown)) {
    repaint(touched);
    return;
  }
  const place = byId("grid");
  const before = inSight(place, rows.get(shown) ?? tab.rows, HEIGHT);
  focused();
  whileSteady(() => {
    if (columns.has(shown)) {
      grid.setGridOption("columnDefs",
        [numbers(), ...visible(tab).map((column) => defined(tab, column))]);
    }
    grid.setGridOption("rowData", tab.rows);
    selection.follow(tab.rows, visible(tab));
    keepingFocus(place, backHere);
    grid.refreshCells({ force: true });
    showAgain(place, tab.rows, HEIGHT, before);
  });
  laidAgain(cellHere);
  moved(focusedPlace());
}

/** Takes the focus of the grid to the row and column in which the visitor is. */
function backHere() {
  const focus = grid.getFocusedCell();
  const place = focusedPlace();
  if (!place?.column || place.column.hidden) {
    here = null;
    return;
  }
  const index = place.tab.rows.indexOf(place.row);
  const colId = `c${place.column.at}`;
  const isThere = focus?.rowIndex === index && focus.column.getColId() === colId;
  const had = byId("grid").contains(document.activeElement);
  const cell = cellHere();
  if (!isThere || (had && cell && document.activeElement !== cell)) grid.setFocusedCell(index, colId);
}

/** The element of the cell in which the visitor is; null while it is out of sight. */
function cellHere() {
  const place = focusedPlace();
  if (!place?.column) return null;
  const row = place.tab.rows.indexOf(place.row);
  return byId("grid").querySelector(
    `.ag-row[row-index="${row}"] .ag-cell[col-id="c${place.column.at}"]`);
}

export function repaint(edits) {
  const nodes = edits.filter((edit) => edit.tab.id === shown)
    .map((edit) => grid.getRowNode(String(edit.row.key))).filter(Boolean);
  if (nodes.length) grid.refreshCells({ force: true, rowNodes: [...new Set(nodes)] });
}

export function flash(changes) {
  for (const { tab, row, at } of changes) {
    const node = tab === shown ? grid.getRowNode(String(row.key)) : null;
    if (node) grid.flashCells({ rowNodes: [node], columns: [`c${at}`], flashDuration: 1200 });
  }
}

/** Leads to a cell: its tab, its row, its column. */
export function goTo(row, column) {
  const tab = currentTab();
  const index = tab.rows.indexOf(row);
  if (index < 0) return;
  grid.ensureIndexVisible(index);
  const target = visible(tab).find((one) => one.at === column) ?? visible(tab)[0];
  if (!target) return;
  grid.ensureColumnVisible(`c${target.at}`);
  grid.setFocusedCell(index, `c${target.at}`);
}

export function focusedPlace() {
  const tab = currentTab();
  if (!here || !tab || !tab.rows.includes(here.row)) return null;
  return { tab, row: here.row, column: tab.columns.find((column) => column.at === here.at) };
}

function labelled() {
  const table = byId("grid").querySelector('[role="grid"], [role="treegrid"]');
  const tab = currentTab();
  if (table && tab) table.setAttribute("aria-label", tab.title);
}

const numbers = () => ({
  colId: "number", headerName: "", headerTooltip: "", width: 52, minWidth: 44, pinned: "left",
  resizable: false, cellClass: "number",
  valueGetter: ({ data }) => data.at + 1,
});

function defined(tab, column) {
  const rules = {
    waiting: ({ data }) => isWaiting(tab, data, column),
    noted: ({ data }) => cellOf(tab, data, column).note !== "",
    formula: ({ data }) => !column.fixed && typedIn(tab, data, column).startsWith("="),
    block: ({ rowIndex }) => selection.holds(rowIndex, visible(currentTab()).indexOf(column)),
  };
  return {
    colId: `c${column.at}`,
    headerName: column.heading || " ",
    headerClass: column.fixed ? "fixed" : column.needed ? "needed" : "",
    width: column.width,
    wrapText: true,
    wrapHeaderText: true,
    autoHeaderHeight: true,
    pinned: column.kind === "id" ? "left" : null,
    cellClass: column.fixed ? "fixed" : column.kind,
    cellClassRules: rules,
    valueGetter: ({ data }) => typedIn(tab, data, column),
    valueFormatter: ({ data }) => (data ? shownIn(tab, data, column) : ""),
  };
}

/** Opens the editor over the focused cell; afterwards the focus goes on from there. */
function opened(typed) {
  focused();
  const place = focusedPlace();
  const cell = place?.column ? cellHere() : null;
  if (cell) edit(place, cell, typed, (way) => goOn(place, way));
}

function goOn({ tab, row, column }, way) {
  if (tab !== currentTab() || !tab.rows.length) return;
  const columns = visible(tab);
  const steps = { down: [1, 0], right: [0, 1], left: [0, -1] }[way] ?? [0, 0];
  const from = tab.rows.indexOf(row);
  const index = Math.max(0, Math.min(tab.rows.length - 1, from + steps[0]));
  const at = columns.findIndex((one) => one.at === column.at) + steps[1];
  const next = columns[Math.max(0, Math.min(columns.length - 1, at))];
  grid.ensureIndexVisible(index);
  grid.ensureColumnVisible(`c${next.at}`);
  grid.setFocusedCell(index, `c${next.at}`);
}

// ---- moving and selecting

/** The spot of a cell: where it lies, and which row and column it is of; null for none. */
function spot(row, column) {
  const tab = currentTab();
  const one = tab?.rows[row];
  const other = tab ? visible(tab)[column] : null;
  return one && other ? { row, column, key: one.key, at: other.at } : null;
}

function at(event) {
  const colId = event.column?.getColId?.();
  return spot(event.rowIndex, visible(currentTab()).findIndex((one) => `c${one.at}` === colId));
}

let extending = false;

/** Notes in which row and column the grid has the focus; tells whether these are others. */
function noted() {
  const before = here;
  const cell = grid.getFocusedCell();
  const row = cell ? grid.getDisplayedRowAtIndex(cell.rowIndex)?.data : null;
  const colId = cell?.column.getColId();
  const at = currentTab()?.columns.find((one) => `c${one.at}` === colId)?.at;
  here = row ? { row, at } : null;
  return before?.row !== here?.row || before?.at !== here?.at;
}

/**
 * Takes up where the visitor is. The grid tells of a move some time later, and again when it gets
 * the focus back; so whoever needs to know, asks here first.
 */
function focused() {
  if (noted() && !extending && here?.at !== undefined) {
    const tab = currentTab();
    const was = selection.isBlock();
    const place = spot(tab.rows.indexOf(here.row), visible(tab).findIndex(({ at }) => at === here.at));
    if (place) selection.start(place);
    if (was) grid.refreshCells({ force: true });
  }
  moved(focusedPlace());
}

function pressed(event) {
  extending = event.event.shiftKey;
  const place = at(event);
  if (extending && place) reach(place);
  else if (place && selection.isBlock()) {
    selection.start(place);
    grid.refreshCells({ force: true });
  }
  setTimeout(() => { extending = false; });
}

function dragged(event) {
  const place = at(event);
  if (event.event.buttons === 1 && place && selection.head()) reach(place);
}

function reach(place) {
  selection.extend(place);
  grid.refreshCells({ force: true });
  getSelection()?.removeAllRanges();
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Takes keys that the grid would use otherwise; true keeps them from it. */
function keyed({ event, rowIndex }) {
  focused();
  const key = event.key.toLowerCase();
  if (event.shiftKey && event.key in ARROWS) {
    stretched(...ARROWS[event.key]);
    event.preventDefault();
    return true;
  }
  if (event.key === "Delete" || event.key === "Backspace") {
    emptied();
    return true;
  }
  if ((event.ctrlKey || event.metaKey) && "zy".includes(key)) {
    (key === "y" || event.shiftKey ? redo : undo)();
    event.preventDefault();
    return true;
  }
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (plain && (event.key === "Enter" || event.key === "F2" || event.key.length === 1)) {
    opened(event.key.length === 1 ? event.key : "");
    event.preventDefault();
    return true;
  }
  return rowIndex !== null && (event.ctrlKey || event.metaKey) && "cvx".includes(key);
}

function stretched(down, across) {
  const head = selection.head();
  if (!head) return;
  const tab = currentTab();
  const row = Math.max(0, Math.min(tab.rows.length - 1, head.row + down));
  const column = Math.max(0, Math.min(visible(tab).length - 1, head.column + across));
  reach(spot(row, column));
  grid.ensureIndexVisible(row);
  grid.ensureColumnVisible(`c${visible(tab)[column].at}`);
}

function chosen() {
  focused();
  const box = selection.bounds();
  const tab = currentTab();
  if (!box || !tab) return null;
  return {
    tab,
    rows: tab.rows.slice(box.top, box.bottom + 1),
    columns: visible(tab).slice(box.left, box.right + 1),
    box,
  };
}

function emptied() {
  const block = chosen();
  if (!block || !canEdit) return;
  const columns = block.columns.filter((column) => !column.fixed);
  if (!columns.length) toast(t("fixed"));
  change(block.rows.flatMap((row) =>
    columns.map((column) => ({ tab: block.tab, row, column, after: "" }))));
}

// ---- the clipboard

function copied(event) {
  const block = chosen();
  if (!block || isOpen()) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", blocksOf.text(block));
  if (event.type === "cut") emptied();
}

function pasted(event) {
  const block = chosen();
  if (!block || !canEdit || isOpen()) return;
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain");
  const { wishes, left } = blocksOf.wishes(block, visible(block.tab), text);
  if (left) toast(t("no_paste", { n: left }));
  change(wishes);
}
