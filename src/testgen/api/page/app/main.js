/** Starts the page: what this browser remembers, then the view. */
import { formatOf } from "./cases.js";
import { keepDraft, openDraft, readHistory } from "./history.js";
import { pageCommand, typing } from "./keys.js";
import { later, painted } from "./later.js";
import { REMEMBERED, remember, remembered } from "./remembered.js";
import { get, set, subscribe } from "./store.js";
import { App } from "./views/app.js";
import { html, render } from "./view.js";

const VIEWS = /** @type {const} */ (["write", "batch", "history"]);

/** What follows the state outside of the view. */
function follow() {
  let before = { ...get() };
  subscribe(() => {
    const now = get();
    document.documentElement.lang = now.language;
    document.documentElement.dataset.theme = now.theme;
    document.title = called(now);
    if (now.work !== before.work) keepDraft();
    if (now.view === "history" && before.view !== "history") readHistory();
    if (now.view !== before.view && location.hash !== `#${now.view}`) history.replaceState(null, "", `#${now.view}`);
    for (const name of REMEMBERED) if (now[name] !== before[name]) remember(name, now[name]);
    before = { ...now };
  });
}

/** The name of the tab, and of a printout that is saved. @param {ReturnType<typeof get>} now */
function called({ view, work: { procedure } }) {
  return view === "write" && procedure ? `${procedure.test_case_id} ${procedure.title} - testgen` : "testgen";
}

function listen() {
  const commands = /** @type {Record<string, () => void>} */ ({
    undo: () => later().then((rest) => rest.travel("undo")),
    redo: () => later().then((rest) => rest.travel("redo")),
    next: () => later().then((rest) => rest.nextOpenPoint()),
    help: () => set({ dialog: { name: "help" } }),
  });
  document.addEventListener("keydown", (event) => {
    const command = get().dialog ? "" : pageCommand(event);
    if (!command || ((command === "undo" || command === "redo") && elsewhere(event.target))) return;
    event.preventDefault();
    commands[command]();
  });
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const intoTitle = event.target instanceof HTMLElement && event.target.dataset.field === "title";
    if (get().dialog || get().run.state === "running" || (typing(event.target) && !intoTitle) || !formatOf(text)) return;
    event.preventDefault();
    later().then((rest) => rest.pasted(text));
  });
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    hovering(true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && hovering(false));
  document.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    hovering(false);
    if (!files.length) return;
    event.preventDefault();
    later().then((rest) => rest.openDropped(files));
  });
  window.addEventListener("hashchange", visit);
}

/** Shows that a file may be let go here. @param {boolean} over */
const hovering = (over) => document.documentElement.classList.toggle("receiving", over);

/** Fields with a history of their own, such as the search. @param {EventTarget | null} target */
const elsewhere = (target) => target instanceof Element && target.closest("[data-own-undo]") !== null;

function visit() {
  const view = VIEWS.find((name) => location.hash === `#${name}`);
  if (view) set({ view });
}

async function start() {
  const root = document.getElementById("app");
  if (!root) return;
  follow();
  set(remembered);
  visit();
  listen();
  const whenPainted = painted();
  render(html`<${App} whenPainted=${whenPainted} />`, root);
  await whenPainted;
  if (get().view === "write") await openDraft();
  const { learn, openKeptBatch, openTold } = await later();
  await Promise.all([learn(), openKeptBatch(), openTold()]);
}

start();
