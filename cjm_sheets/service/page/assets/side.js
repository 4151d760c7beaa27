// The drawer at the side: history, links, keys.

import { get, post } from "./api.js";
import { change } from "./editing.js";
import { byId, canEdit, element, facts, t } from "./facts.js";
import { sure } from "./dialogs.js";
import { called, tabById, typedIn } from "./model.js";
import { toast } from "./news.js";

let open = "";

export function startSide() {
  byId("side-close").addEventListener("click", () => byId("side").close());
  byId("side").addEventListener("close", () => { open = ""; });
  byId("open-history").addEventListener("click", () => show("history", t("history"), history));
  byId("open-links")?.addEventListener("click", () => show("links", t("links"), links));
  byId("open-keys").addEventListener("click", () =>
    show("keys", t("keys"), async () => [element("p", {}, t("keys_lead"))]));
}

/** Shows the history anew, if it is open, when the map has changed. */
export async function freshHistory() {
  if (open === "history") byId("side-body").replaceChildren(...await history());
}

async function show(name, title, content) {
  open = name;
  byId("side-title").textContent = title;
  byId("side-body").replaceChildren();
  if (!byId("side").open) byId("side").showModal();
  try {
    byId("side-body").replaceChildren(...await content());
  } catch (error) {
    byId("side-body").replaceChildren(element("p", {}, t("refused", { reason: error.message })));
  }
}

// ---- history

async function history(before = "") {
  const { entries } = await (await get(`history?before=${before}`)).json();
  if (!entries.length && !before) return [element("p", {}, t("no_history"))];
  const list = element("ol", { class: "history" }, ...entries.map(entryLine));
  if (entries.length < 200) return [list];
  const more = element("button", { type: "button", onclick: async () => {
    more.replaceWith(...await history(entries.at(-1).number));
  } }, t("older"));
  return [list, more];
}

function entryLine(entry) {
  const time = new Date(entry.time);
  const shown = time.toLocaleString(facts.language, { dateStyle: "medium", timeStyle: "short" });
  const place = [entry.title, entry.name ? `${entry.row_id} ${entry.name}`.trim() : entry.row_id
    || (entry.row >= 0 ? entry.row + 1 : ""), entry.heading].filter((part) => part !== "");
  return element("li", {},
    element("div", { class: "when" },
      element("b", {}, entry.who || t(entry.person ? "someone" : "program")), " ",
      element("time", { datetime: entry.time }, shown)),
    element("div", { class: "where" }, place.join(" · ")),
    element("div", { class: "what" }, ...said(entry)),
    ...(entry.kind === "cell" && canEdit ? [backButton(entry)] : []));
}

function said(entry) {
  if (entry.kind !== "cell") {
    return [t(`h_${entry.kind}`, { before: entry.before, after: entry.after, n: entry.number })];
  }
  const text = (value, tag) => element(tag, {}, value === "" ? t("empty") : value);
  return [text(entry.before, "del"), " → ", text(entry.after, "ins")];
}

function backButton(entry) {
  const name = t("put_back");
  return element("button", { type: "button", class: "back", onclick: () => putBack(entry) }, name);
}

async function putBack(entry) {
  const tab = tabById(entry.sheet);
  const row = tab?.rows.find((one) => (entry.row_id ? one.id === entry.row_id : one.at === entry.row));
  const column = tab?.columns.find((one) => one.heading === entry.heading)
    ?? tab?.columns.find((one) => one.at === entry.column);
  if (!row || !column) {
    toast(t("moved"));
    return;
  }
  byId("side").close();
  await change([{ tab, row, column, before: entry.after, after: entry.before }]);
  if (typedIn(tab, row, column) === entry.before) {
    toast(t("put_back_done", { cell: called(tab, row, column) }));
  }
}

// ---- links

async function links(fresh = null) {
  const { links: known } = await (await get("links")).json();
  const list = known.length
    ? element("ul", { class: "links" }, ...known.map(linkLine))
    : element("p", {}, t("no_links"));
  return [element("p", {}, t("links_lead")), ...(fresh ? [fresh] : []), form(), list];
}

function form() {
  const name = element("input", { maxlength: 60, id: "link-name" });
  const role = element("select", { id: "link-role", "aria-label": t("links") },
    element("option", { value: "edit" }, t("may_edit")),
    element("option", { value: "read" }, t("may_read")));
  return element("form", { class: "make", onsubmit: async (event) => {
    event.preventDefault();
    const made = await post("links", { role: role.value, name: name.value });
    byId("side-body").replaceChildren(...await links(madeLink(made)));
  } }, element("label", {}, t("link_for"), " ", name), role,
    element("button", { type: "submit", class: "strong" }, t("make_link")));
}

function madeLink({ token }) {
  const path = `/spreadsheets/d/${facts.id}/edit?token=${token}`;
  const field = element("input", { readonly: true, class: "new-link", "aria-label": t("link_once"),
    onfocus: (event) => event.target.select() });
  field.value = new URL(path, location.href).href;
  const copy = element("button", { type: "button", onclick: async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      toast(t("copied"));
    } catch { /* it stays selected, to be copied by hand */ }
  } }, t("copy"));
  return element("div", { class: "fresh" }, element("p", {}, t("link_once")), field, copy);
}

function linkLine(link) {
  const day = new Date(link.created).toLocaleDateString(facts.language, { dateStyle: "medium" });
  const gone = element("button", { type: "button", class: "danger", onclick: async () => {
    if (!await sure(link.name || t("someone"), t("revoke"))) return;
    await post("links/revoke", { id: link.id });
    toast(t("revoked"));
    byId("side-body").replaceChildren(...await links());
  } }, t("revoke"));
  const role = t(link.role === "edit" ? "may_edit" : "may_read");
  return element("li", {}, element("b", {}, link.name || t("someone")), ` ${role}, ${day} `, gone);
}
