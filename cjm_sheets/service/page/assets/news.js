// Says what happens: to those who listen, in a live region; to those who look, for a moment.

import { byId } from "./facts.js";

const KEPT = 20;
const SECONDS = 5;
let hiding = 0;

export function announce(text) {
  const line = document.createElement("p");
  line.textContent = text;
  const news = byId("news");
  news.append(line);
  while (news.children.length > KEPT) news.firstChild.remove();
}

export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, SECONDS * 1000);
  announce(text);
}

export function state(text, kind) {
  const place = byId("state");
  if (place.textContent !== text) place.textContent = text;
  place.dataset.kind = kind;
}
