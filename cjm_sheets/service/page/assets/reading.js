// Reads the tables anew when something has changed: one reading at a time, never one too few.

import { get, Offline } from "./api.js";
import { facts } from "./facts.js";
import { marks, model, take } from "./model.js";
import { lost } from "./queue.js";

let running = null;
let again = false;
const listeners = [];

export const onReading = (listener) => listeners.push(listener);

export function read() {
  if (running) {
    again = true;
    return running;
  }
  running = once().finally(() => {
    running = null;
    if (again) {
      again = false;
      read();
    }
  });
  return running;
}

async function once() {
  try {
    const content = await (await get(`content?lang=${facts.language}&known=${marks()}`)).json();
    if (content.version < model.version) return;
    if (content.version < model.atLeast) {
      again = true;
      return;
    }
    const news = take(content);
    for (const listener of listeners) listener(news);
  } catch (error) {
    if (error instanceof Offline) lost();
    else console.error(error);
  }
}
