// Holds the tables as the server has them, and over them the edits that are still on their way.

const EMPTY = "";
let lastKey = 0;

/** `atLeast` is the version that has all of one's own changes: an older reading is of no use. */
export const model = { version: 0, atLeast: 0, title: "", language: "", maps: [], tabs: [],
  waiting: new Map() };

const place = (tab, row, column) => `${tab.id}|${row.key}|${column.at}`;

export function cellOf(tab, row, column) {
  const cell = row.cells[tab.places.get(column.at)] ?? EMPTY;
  return Array.isArray(cell)
    ? { shown: cell[0], typed: cell[1], note: cell[2] ?? "" }
    : { shown: cell, typed: cell, note: "" };
}

/** What a cell holds for the visitor: what they typed last, else what the server has. */
export function typedIn(tab, row, column) {
  return model.waiting.get(place(tab, row, column))?.after ?? cellOf(tab, row, column).typed;
}

export function shownIn(tab, row, column) {
  return model.waiting.get(place(tab, row, column))?.after ?? cellOf(tab, row, column).shown;
}

export const isWaiting = (tab, row, column) => model.waiting.has(place(tab, row, column));

export function wait(tab, row, column, edit) {
  model.waiting.set(place(tab, row, column), edit);
}

/** Takes an edit off a cell, unless a later one lies there by now. */
export function arrived(tab, row, column, edit) {
  if (model.waiting.get(place(tab, row, column)) === edit) {
    model.waiting.delete(place(tab, row, column));
  }
}

/** Puts what was typed into the cell until the next reading, so that it does not flicker. */
export function settle(tab, row, column, typed) {
  const at = tab.places.get(column.at) ?? 0;
  while (row.cells.length <= at) row.cells.push(EMPTY);
  const old = cellOf(tab, row, column);
  row.cells[at] = old.note ? [typed, typed, old.note] : typed;
}

/** Other cells of a row as they are: they tell a row apart that has no id. */
export function beside(tab, row, column) {
  const found = {};
  for (const other of tab.columns) {
    if (other !== column && !other.fixed && !isWaiting(tab, row, other)) {
      found[other.at] = cellOf(tab, row, other).typed;
    }
  }
  return found;
}

export const marks = () => model.tabs.map((tab) => tab.mark).join(",");
export const tabById = (id) => model.tabs.find((tab) => tab.id === id);

/**
 * Takes a reading; returns the cells that show something else, the rows with another content, for
 * each tab whose rows are others the rows as they were, and the tabs whose columns are others.
 */
export function take(content) {
  const old = new Map(model.tabs.map((tab) => [tab.id, tab]));
  const changes = [];
  const touched = [];
  const rows = new Map();
  const columns = new Set();
  model.tabs = content.tabs.map((fresh) => {
    const before = old.get(fresh.id);
    if (!fresh.rows) return before;
    fresh.places = new Map(fresh.columns.map((column, at) => [column.at, at]));
    matched(before, fresh, changes, touched);
    if (!before || !sameRows(before.rows, fresh.rows)) rows.set(fresh.id, before?.rows ?? []);
    if (before && sameColumns(before.columns, fresh.columns)) {
      before.columns.forEach((column, at) => { column.offers = fresh.columns[at].offers; });
      fresh.columns = before.columns;
    } else {
      columns.add(fresh.id);
    }
    return before ? Object.assign(before, fresh) : fresh;
  });
  model.version = content.version;
  model.title = content.title;
  model.language = content.language;
  model.maps = content.maps;
  return { changes, touched, rows, columns };
}

const sameRows = (one, other) =>
  one.length === other.length && one.every((row, at) => row === other[at]);

/** Tells whether columns are the same but for what they offer. */
function sameColumns(one, other) {
  const bare = (columns) => JSON.stringify(columns.map((column) => ({ ...column, offers: null })));
  return bare(one) === bare(other);
}

/** Gives the rows of a new reading the keys that they had, by id or by place. */
function matched(before, fresh, changes, touched) {
  const ids = new Map();
  const places = new Map();
  for (const row of before?.rows ?? []) {
    if (row.id && !ids.has(row.id)) ids.set(row.id, row);
    if (!row.id) places.set(row.at, row);
  }
  const used = new Set();
  fresh.rows = fresh.rows.map((row) => {
    let known = row.id ? ids.get(row.id) ?? places.get(row.at) : places.get(row.at);
    if (known && used.has(known)) known = undefined;
    if (!known) return { ...row, key: ++lastKey };
    used.add(known);
    if (before && JSON.stringify([known.at, known.cells]) !== JSON.stringify([row.at, row.cells])) {
      compared(before, known, fresh, row, changes);
      touched.push({ tab: before, row: known });
    }
    return Object.assign(known, row);
  });
}

function compared(before, known, fresh, row, changes) {
  const old = new Map(before.columns.map((column) => [column.heading, column]));
  for (const column of fresh.columns) {
    const was = old.get(column.heading);
    if (!was) continue;
    const from = cellOf(before, known, was).shown;
    const to = cellOf(fresh, row, column).shown;
    if (from !== to) changes.push({ tab: fresh.id, row: known, at: column.at, from, to });
  }
}

/** How people call a cell: its table, its row's name or number, its column. */
export function called(tab, row, column) {
  const name = row.id || row.at + 1;
  return `${tab.title}, ${name}, ${column.heading}`;
}
