// Listens to the server: every change of the map is told here, one's own ones too.

import { address } from "./api.js";
import { t, windowId } from "./facts.js";
import { state } from "./news.js";
import { found, lost } from "./queue.js";

const AGAIN = 3000;

/** Calls `changed` with the names of others who changed the map, [] for one's own changes. */
export function listen(changed) {
  const events = new EventSource(address("events"));
  events.addEventListener("hello", () => {
    found();
    changed([]);
  });
  events.addEventListener("changed", (event) => {
    const { who, window: origin, person } = JSON.parse(event.data);
    changed(origin === windowId ? [] : [who || t(person ? "someone" : "program")]);
  });
  events.addEventListener("gone", () => {
    events.close();
    state(t("gone"), "offline");
  });
  events.addEventListener("error", () => {
    lost();
    if (events.readyState === EventSource.CLOSED) {
      events.close();
      setTimeout(() => listen(changed), AGAIN);
    }
  });
}
