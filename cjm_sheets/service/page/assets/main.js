// Puts the page together: tabs, grid, wall map, drawer, and what connects them.

import { sure, tell } from "./dialogs.js";
import { onEdits } from "./editing.js";
import { byId, canEdit, element, t } from "./facts.js";
import { listen } from "./live.js";
import { called, cellOf, model, tabById } from "./model.js";
import { announce, toast } from "./news.js";
import { asking, whenBack, whenClosed } from "./queue.js";
import { onReading, read } from "./reading.js";
import * as rows from "./rows.js";
import * as sheet from "./sheet.js";
import { freshHistory, startSide } from "./side.js";
import { redo, undo } from "./steps.js";
import { changed as wallChanged, showMaps, startWall } from "./wall.js";
import { watchName } from "./you.js";

const TOLD = 3;
const own = new Map();
let others = [];

function tabs() {
  const current = sheet.currentTab()?.id;
  byId("tabs").replaceChildren(...model.tabs.map((tab) => element("button", {
    type: "button", role: "tab", id: `tab-${tab.id}`, "aria-controls": "grid",
    "aria-selected": String(tab.id === current), tabindex: tab.id === current ? 0 : -1,
    onclick: () => choose(tab.id), onkeydown: (event) => stepped(event, tab.id),
  }, tab.title)));
  byId("grid").setAttribute("aria-labelledby", `tab-${current}`);
}

function choose(id) {
  sheet.showTab(id);
  tabs();
  byId(`tab-${id}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function stepped(event, id) {
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  if (!(event.key in steps)) return;
  const at = model.tabs.findIndex((tab) => tab.id === id) + steps[event.key];
  const next = model.tabs[(at + model.tabs.length) % model.tabs.length];
  choose(next.id);
  byId(`tab-${next.id}`).focus();
}

/** Opens on the steps of the journey, where the map has some. */
function firstTab() {
  return model.tabs.find((tab) => tab.table === "Touchpoints")
    ?? model.tabs.find((tab) => tab.table) ?? model.tabs[0];
}

function afterReading(news) {
  const { changes } = news;
  if (sheet.currentTab()) sheet.refreshed(news);
  else if (model.tabs.length) sheet.showTab(firstTab().id);
  byId("grid").lang = model.language || "";
  tabs();
  showMaps();
  const foreign = changes.filter(({ row, at }) => !own.has(`${row.key}|${at}`));
  if (others.length) {
    sheet.flash(foreign);
    told(foreign, [...new Set(others)]);
  }
  others = [];
  own.clear();
  freshHistory();
}

function told(changes, names) {
  const who = names.join(", ");
  const typed = changes.flatMap(({ tab, row, at }) => {
    const table = tabById(tab);
    const column = table?.columns.find((one) => one.at === at);
    return column && !column.fixed ? [called(table, row, column)] : [];
  });
  if (typed.length > TOLD) announce(t("changed_many", { who, n: typed.length }));
  else for (const cell of typed) announce(t("changed_one", { who, cell }));
}

function moved(place) {
  const note = byId("note");
  byId("delete-row").disabled = !canEdit || !place;
  const column = place?.column;
  const text = column ? [column.hint, column.fixed ? t("fixed") : "",
    cellOf(place.tab, place.row, column).note && `${t("note")}: ${cellOf(place.tab, place.row,
      column).note}`].filter(Boolean).join(" · ") : "";
  note.textContent = text || "\u00a0";
  note.hidden = false;
}

async function addRow() {
  const tab = sheet.currentTab();
  const added = await rows.add(tab);
  const first = tab.columns.find((column) => !column.fixed && !column.hidden);
  if (added) sheet.goTo(added, first?.at);
}

async function deleteRow() {
  const place = sheet.focusedPlace();
  if (!place) return;
  const { tab, row } = place;
  const first = Object.values(rows.typedCells(tab, row)).find(Boolean)?.slice(0, 60);
  const name = [row.id || row.at + 1, first].filter(Boolean).join(" ");
  if (await sure(t("delete_ask", { row: name }), t("delete_row"))) await rows.remove(tab, row);
}

function leadTo(finding) {
  const tab = tabById(finding.sheet);
  if (!tab) return;
  choose(tab.id);
  const row = tab.rows.find((one) => one.at === finding.row);
  if (row) sheet.goTo(row, finding.column);
}

function start() {
  watchName();
  startSide();
  startWall(leadTo);
  sheet.makeGrid(moved);
  onEdits(sheet.repaint, (edits) => {
    for (const { row, column } of edits) own.set(`${row.key}|${column.at}`, true);
    read();
  });
  onReading(afterReading);
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  byId("add-row").addEventListener("click", () => asking(addRow));
  byId("delete-row").addEventListener("click", () => asking(deleteRow));
  whenBack(() => toast(t("back")));
  whenClosed(() => tell(t("closed"), ""));
  if (!canEdit) {
    document.querySelector(".actions").classList.add("reading");
    for (const id of ["undo", "redo", "add-row", "delete-row"]) byId(id).hidden = true;
    document.querySelector(".you").hidden = true;
  }
  listen((names) => {
    others.push(...names);
    read();
    wallChanged();
  });
}

start();
