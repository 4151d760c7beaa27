// Speaks to the server. A call that failed on its way is told apart from one that was refused.

import { facts, windowId } from "./facts.js";
import { yourName } from "./you.js";

const PATIENCE = 20000;

export class Offline extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const address = (rest) => `/page/${encodeURIComponent(facts.id)}/${rest}`;

async function answered(rest, options) {
  let response;
  try {
    response = await fetch(address(rest), {
      ...options,
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new Offline(String(error));
  }
  if (response.status >= 500 && response.status !== 501) {
    throw new Offline(response.statusText, response.status);
  }
  return response;
}

async function refusal(response) {
  let message = response.statusText;
  try {
    message = (await response.json()).error.message;
  } catch { /* no JSON: the status has to do */ }
  return new Refused(response.status, message);
}

export async function get(rest) {
  const response = await answered(rest, {});
  if (!response.ok) throw await refusal(response);
  return response;
}

/** Posts; a 409 that lists results is an answer, too. */
export async function post(rest, body) {
  const response = await answered(rest, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, who: yourName(), window: windowId }),
  });
  if (response.ok) return response.json();
  if (response.status === 409) {
    const answer = await response.clone().json().catch(() => ({}));
    if (answer.results) return answer;
  }
  throw await refusal(response);
}
