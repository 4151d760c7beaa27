// What the visitor wants to be called; remembered in this browser only.

import { byId, facts } from "./facts.js";

const KEY = "cjm-sheets-name";

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function yourName() {
  return byId("your-name").value.trim() || facts.name;
}

export function watchName() {
  const input = byId("your-name");
  input.value = remembered() || facts.name;
  input.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, input.value.trim());
    } catch { /* a browser that remembers nothing */ }
  });
}
