// The wall map beside the table, and what a check finds; both drawn anew when the map changes.

import { get, Refused } from "./api.js";
import { byId, element, facts, t } from "./facts.js";
import { model } from "./model.js";
import { lost } from "./queue.js";

const MAP_PAUSE = 60;
const HEALTH_PAUSE = 400;
const timers = {};
const LEGIBLE = 0.6;
let zoom = 0;
let goTo = () => {};

export function startWall(leads) {
  goTo = leads;
  byId("bigger").addEventListener("click", () => zoomed(zoom * 1.25));
  byId("smaller").addEventListener("click", () => zoomed(zoom / 1.25));
  byId("fit").addEventListener("click", () => zoomed(1));
  byId("which-map").addEventListener("change", () => drawn());
}

function zoomed(to) {
  zoom = Math.max(1, Math.min(to, 8));
  const svg = byId("drawing").querySelector("svg");
  if (svg) svg.style.width = `${zoom * 100}%`;
}

export function changed() {
  soon("map", MAP_PAUSE, drawn);
  soon("health", HEALTH_PAUSE, checked);
}

function soon(name, pause, action) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(() => action().catch((error) => {
    if (!(error instanceof Refused)) lost();
  }), pause);
}

export function showMaps() {
  const select = byId("which-map");
  const before = select.value;
  select.replaceChildren(...model.maps.map(({ id, title }) => element("option", { value: id }, title)));
  if (model.maps.some(({ id }) => id === before)) select.value = before;
  byId("which").hidden = model.maps.length < 2;
}

let asked = 0;

async function drawn() {
  const mine = ++asked;
  const map = byId("which-map").value;
  const text = await (await get(`map.svg?map=${encodeURIComponent(map)}`)).text();
  if (mine !== asked) return;
  const place = byId("drawing");
  if (!text) {
    place.replaceChildren(element("p", {}, t("no_drawing")));
    return;
  }
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  place.replaceChildren(document.importNode(svg, true));
  const drawing = place.querySelector("svg");
  drawing.style.height = "auto";
  // At first so large that it can be read; whoever wants to see all of it fits it in.
  zoomed(zoom || drawing.viewBox.baseVal.width * LEGIBLE / place.clientWidth);
}

async function checked() {
  const health = await (await get(`health?lang=${facts.language}`)).json();
  byId("grade").textContent = health.grade || "–";
  byId("grade").dataset.grade = health.grade;
  byId("counts").textContent = health.said || t("no_findings");
  byId("findings").replaceChildren(...health.findings.map(line));
}

function line(finding) {
  const place = finding.row >= 0
    ? element("button", { type: "button", class: "place", onclick: () => goTo(finding) }, finding.cell)
    : element("span", { class: "place" }, finding.cell);
  return element("li", { class: finding.severity }, place, " ",
    element("span", {}, finding.message), element("small", {}, finding.fix));
}
