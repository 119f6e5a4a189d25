/** Small parts that several views share. */
import { html, useLayoutEffect, useRef, useState } from "../view.js";

/** Drawn for this page, 16 by 16. @type {Record<string, string>} */
const PATHS = {
  auto: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 0v12",
  light: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  dark: "M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5Z",
  help: "M6 6a2 2 0 1 1 2.7 1.9c-.5.2-.7.6-.7 1.1v.5M8 12h.01M8 1.5a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13Z",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  undo: "M3 6h6.500a3.500 3.500 0 0 1 0 7H6M3 6l3-3M3 6l3 3",
  redo: "M13 6H6.500a3.500 3.500 0 0 0 0 7H10M13 6l-3-3M13 6l-3 3",
  next: "M2.500 8h10.500M9.500 4.500 13 8l-3.500 3.500",
  copy: "M5.500 5.500h7v8h-7zM3.500 10.500v-8h7",
  download: "M8 2.500V10M4.500 7 8 10.500 11.500 7M3 13.500h10",
  print: "M4.500 6V2.500h7V6M4.500 11.500h-2V6h11v5.500h-2M4.500 9.500h7v4h-7z",
  stop: "M4.500 4.500h7v7h-7z",
};

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`
    <svg class="drawn" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>
  `;
}

/** What can be chosen in a menu. @param {HTMLElement | null} menu @returns {HTMLElement[]} */
const choices = (menu) => [...(menu?.querySelectorAll("[role=menuitem]:not([disabled])") ?? [])].filter((found) => found instanceof HTMLElement);

/**
 * A button that opens a short list; arrow keys go through it, Esc closes it.
 * @param {{label: any, name: string, items: {label: string, hint?: string, disabled?: boolean, act: () => void}[], quiet?: boolean,
 *   plain?: boolean, disabled?: boolean}} props `quiet`: a picture only; `plain`: words without a frame
 */
export function Menu({ label, name, items, quiet = false, plain = false, disabled = false }) {
  const [open, setOpen] = useState(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (!open) return undefined;
    choices(root.current)[0]?.focus();
    const outside = (/** @type {Event} */ event) => root.current?.contains(/** @type {Node} */ (event.target)) || setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (!open) return;
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      event.stopPropagation();
      const all = choices(root.current);
      const here = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      all.at((here + (event.key === "ArrowDown" ? 1 : -1)) % all.length)?.focus();
    }
  };
  const choose = (/** @type {() => void} */ act) => {
    close();
    act();
  };
  return html`
    <span class="menu" ref=${root} onKeyDown=${onKeyDown}>
      <button
        type="button"
        class=${quiet ? "quiet icon" : plain ? "quiet" : ""}
        aria-haspopup="menu"
        aria-expanded=${open}
        aria-label=${quiet ? name : undefined}
        disabled=${disabled}
        onClick=${() => setOpen(!open)}
      >
        ${label}
      </button>
      ${open &&
      html`
        <span role="menu" aria-label=${name} class="choices">
          ${items.map(
            (item) => html`
              <button type="button" role="menuitem" tabindex="-1" disabled=${item.disabled} onClick=${() => choose(item.act)}>
                <span>${item.label}</span>${item.hint && html`<kbd>${item.hint}</kbd>`}
              </button>
            `,
          )}
        </span>
      `}
    </span>
  `;
}
