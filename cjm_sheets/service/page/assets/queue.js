// Sends changes one after the other, keeps them while there is no connection, loses none.

import { Offline, post, Refused } from "./api.js";
import { canEdit, t } from "./facts.js";
import { state } from "./news.js";

const LONGEST_WAIT = 5000;
/** A change that makes the service fail so often must not hold up the others for ever. */
const MOST_FAILURES = 5;
const waiting = [];
const listeners = { back: [], closed: [] };
let sending = false;
let offline = false;
let pause = 0;
let waking = 0;

export const isIdle = () => waiting.length === 0;

export function whenBack(listener) {
  listeners.back.push(listener);
}

export function whenClosed(listener) {
  listeners.closed.push(listener);
}

/** How many changes the visitor asked for, and of how many they know by now what became. */
const asked = { begun: 0, over: 0 };

export async function asking(action) {
  asked.begun += 1;
  counted();
  try {
    return await action();
  } finally {
    asked.over += 1;
    counted();
  }
}

function counted() {
  const { dataset } = document.getElementById("state");
  dataset.asked = asked.begun;
  dataset.settled = asked.over;
}

/** Puts a change in line: `prepared` makes its body when its turn comes. Returns the answer. */
export function send(path, prepared, count = 1) {
  const key = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
  return new Promise((resolve, reject) => {
    waiting.push({ path, prepared, key, count, resolve, reject, failures: 0 });
    show();
    work();
  });
}

export function show() {
  const number = waiting.reduce((sum, one) => sum + one.count, 0);
  if (offline) state(t("offline", { n: number }), "offline");
  else if (number) state(t("saving"), "saving");
  else if (canEdit) state(t("saved"), "saved");
  else state(t("read_only"), "reading");
}

export function lost() {
  if (!offline) {
    offline = true;
    show();
  }
  clearTimeout(waking);
  pause = Math.min(LONGEST_WAIT, (pause || 500) * 2);
  waking = setTimeout(work, pause);
}

export function found() {
  pause = 0;
  if (offline) {
    offline = false;
    show();
    for (const listener of listeners.back) listener();
  }
  clearTimeout(waking);
  work();
}

async function work() {
  if (sending) return;
  sending = true;
  try {
    while (waiting.length) {
      const first = waiting[0];
      let answer;
      try {
        answer = await post(first.path, { ...first.prepared(), key: first.key });
      } catch (error) {
        const fails = error.status === 500 && ++first.failures > MOST_FAILURES;
        if (error instanceof Offline && !fails) {
          lost();
          return;
        }
        if (error instanceof Refused && error.status === 401) {
          for (const listener of listeners.closed) listener();
          state(t("closed"), "offline");
          return;
        }
        waiting.shift();
        first.reject(error);
        continue;
      }
      waiting.shift();
      if (offline) found();
      first.resolve(answer);
    }
  } finally {
    sending = false;
    show();
  }
}

addEventListener("online", () => found());
addEventListener("offline", () => lost());
addEventListener("beforeunload", (event) => {
  if (!isIdle()) event.preventDefault();
});
