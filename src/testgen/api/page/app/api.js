/** Asking the service: with the key where it wants one, again when it is busy, and with one kind of failure. */
import { get, set } from "./store.js";

/** @typedef {import("./types.js").Problem} Problem */

const KEY = "testgen-key"; // in the session's storage: gone with the tab
const MOST_WAITS = 30;
const WITHOUT_AN_ANSWER = "unreachable";

/** Why an answer did not come, as the service said it, or as the page makes it where no service answered. */
export class Failure extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The stable code of a problem. @param {Problem} problem */
export const codeOf = (problem) => problem.type.split(":").at(-1) ?? "";

/** @param {string} code @returns {Problem} */
export function problemOf(code) {
  return { type: `urn:testgen:problem:${code}`, title: code, status: 0, detail: "", errors: [] };
}

/** @type {(key: string | null) => void} */
let answerKey = () => {};

/** What the person answers to the question for a key; null: none. @param {string | null} key */
export function giveKey(key) {
  if (key) sessionStorage.setItem(KEY, key);
  set({ dialog: null });
  answerKey(key);
}

/**
 * The answer, once it is good.
 * @param {string} path
 * @param {{method?: string, body?: BodyInit, type?: string, accept?: string, signal?: AbortSignal, quiet?: boolean}} [options]
 *   `quiet`: nobody is asked for a key, and nothing waits
 * @returns {Promise<Response>}
 * @throws {Failure}
 */
export async function ask(path, options = {}) {
  for (let waits = 0; ; ) {
    const response = await send(path, options);
    if (response.ok) return response;
    const problem = await problemIn(response);
    const wait = Number(response.headers.get("Retry-After"));
    if (options.quiet) throw new Failure(problem);
    if (response.status === 401 && (await keyFromPerson())) continue;
    if (response.status === 503 && wait > 0 && (waits += 1) <= MOST_WAITS) await pause(wait, problem, options.signal);
    else throw new Failure(problem);
  }
}

/** @param {string} path @param {unknown} data @param {{accept?: string, signal?: AbortSignal, quiet?: boolean}} [options] */
export function post(path, data, options = {}) {
  return ask(path, { method: "POST", type: "application/json", body: JSON.stringify(data), ...options });
}

/** @param {string} path @param {Parameters<typeof ask>[1]} options */
async function send(path, { method = "GET", body, type, accept, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = { "Accept-Language": get().language };
  const key = sessionStorage.getItem(KEY);
  if (type) headers["Content-Type"] = type;
  if (accept) headers.Accept = accept;
  if (key) headers["X-API-Key"] = key;
  try {
    return await fetch(path, { method, body, headers, signal, cache: "no-store" });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(problemOf(WITHOUT_AN_ANSWER));
  }
}

/** @param {Response} response @returns {Promise<Problem>} */
async function problemIn(response) {
  try {
    const told = await response.json();
    if (typeof told.type === "string") return { ...told, errors: told.errors ?? [] };
  } catch {
    // a proxy's page, say
  }
  return { ...problemOf(response.status === 413 ? "body-too-large" : "no-answer"), status: response.status };
}

/** @returns {Promise<boolean>} whether there is a key now that was not refused */
function keyFromPerson() {
  sessionStorage.removeItem(KEY);
  set({ dialog: { name: "key" } });
  return new Promise((resolve) => (answerKey = (key) => resolve(Boolean(key))));
}

/** Waits so many seconds, or until the person wants no waiting. @param {number} seconds @param {Problem} problem @param {AbortSignal} [signal] */
function pause(seconds, problem, signal) {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      set({ waiting: null });
    };
    const stop = () => (end(), reject(new Failure(problem)));
    const now = () => (end(), resolve(undefined));
    const timer = setTimeout(now, seconds * 1000);
    set({ waiting: { until: Date.now() + seconds * 1000, now, stop } });
    signal?.addEventListener("abort", () => (end(), reject(signal.reason)), { once: true });
  });
}

/** Versions, engine and limits; without a question for a key. */
export async function learn() {
  try {
    const response = await ask("/v1/info", { quiet: !sessionStorage.getItem(KEY) && get().info === null });
    set({ info: await response.json() });
  } catch {
    // the page works without; what is wrong is said when somebody wants something
  }
}
