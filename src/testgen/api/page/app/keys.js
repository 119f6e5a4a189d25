/** Keys as people press them; one that an input method is still using is nobody else's. */

/** @param {KeyboardEvent} event */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** @param {KeyboardEvent} event Ctrl, on a Mac Command */
const main = (event) => event.ctrlKey || event.metaKey;

/**
 * The name of what somebody wants by a key within a step, or "".
 * @param {KeyboardEvent} event
 */
export function stepCommand(event) {
  if (composing(event)) return "";
  if (event.key === "Enter" && main(event)) return event.shiftKey ? "split" : "add";
  if (!event.altKey || main(event) || event.shiftKey) return "";
  /** @type {Record<string, string>} */
  const commands = { ArrowUp: "up", ArrowDown: "down", Delete: "remove", KeyJ: "join", KeyR: "rewrite" };
  return commands[event.code] ?? "";
}

/** The same for the whole page. @param {KeyboardEvent} event */
export function pageCommand(event) {
  if (composing(event)) return "";
  if (event.key === "F8") return "next";
  const letter = event.key.toLowerCase();
  if (main(event) && !event.altKey) {
    if (letter === "z") return event.shiftKey ? "redo" : "undo";
    if (letter === "y" && !event.shiftKey) return "redo";
  }
  if (event.key === "?" && !main(event) && !event.altKey && !typing(event.target)) return "help";
  return "";
}

/** Whether a letter would be written there. @param {EventTarget | null} target */
export function typing(target) {
  return target instanceof Element && target.closest("textarea, select, input") !== null;
}
