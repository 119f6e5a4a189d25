/** The procedure leaves the page: by the clipboard, as a file, on paper. */
import { post } from "./api.js";
import { sent } from "./procedures.js";
import { textsOf } from "./texts.js";

/** @typedef {import("./types.js").Procedure} Procedure */

/** The formats that the service writes, by what people call them. */
export const FORMATS = /** @type {const} */ ([
  ["xlsx", "Excel", ".xlsx"],
  ["csv", "CSV", ".csv"],
  ["markdown", "Markdown", ".md"],
  ["json", "JSON", ".json"],
  ["yaml", "YAML", ".yaml"],
  ["gherkin", "Gherkin", ".feature"],
  ["testrail-csv", "TestRail CSV", ".csv"],
  ["xray-csv", "Xray CSV", ".csv"],
  ["qase-csv", "Qase CSV", ".csv"],
  ["testlink-xml", "TestLink XML", ".xml"],
  ["azure-csv", "Azure Test Plans CSV", ".csv"],
]);

/** The table as rows, in the procedure's language. @param {Procedure} procedure @returns {string[][]} */
function rowsOf(procedure) {
  const texts = textsOf(procedure.language);
  const head = Object.values(texts.columns);
  const rows = procedure.steps.map((step) => [
    String(step.number),
    texts.kinds[step.kind],
    step.action,
    step.test_data ?? "",
    step.expected_result,
    step.verifies.join(", "),
  ]);
  return [head, ...rows];
}

/** Puts the table on the clipboard as a spreadsheet takes it. @param {Procedure} procedure */
export function copyTable(procedure) {
  const rows = rowsOf(sent(procedure));
  const tsv = rows.map((row) => row.map(cellOfTsv).join("\t")).join("\r\n");
  const body = rows.map((row, index) => `<tr>${row.map((cell) => cellOfHtml(cell, index ? "td" : "th")).join("")}</tr>`);
  copy({ "text/plain": tsv, "text/html": `<table border="1">${body.join("")}</table>` });
}

/** As the service writes it. @param {Procedure} procedure @throws {import("./api.js").Failure} */
export async function copyMarkdown(procedure) {
  const response = await post("/v1/exports/markdown", [sent(procedure)]);
  copy({ "text/plain": await response.text() });
}

/** What a spreadsheet reads as one cell; one that it would run is a text there. @param {string} text */
function cellOfTsv(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /["\t\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {string} text @param {string} tag */
function cellOfHtml(text, tag) {
  const cell = document.createElement("td");
  cell.textContent = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `<${tag}>${cell.innerHTML.replaceAll("\n", "<br>")}</${tag}>`;
}

/** By the copy event: `navigator.clipboard` is not there over plain HTTP, as in a company's network. @param {Record<string, string>} kinds */
function copy(kinds) {
  const put = (/** @type {ClipboardEvent} */ event) => {
    for (const [kind, text] of Object.entries(kinds)) event.clipboardData?.setData(kind, text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("copy", put, { capture: true, once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
}

/**
 * Saves procedures as a file. Where they are too many for one request there are several files.
 * @param {Procedure[]} procedures @param {string} format @param {string} name of the file, without its ending
 * @param {number} most bytes of a request
 * @returns {Promise<string[]>} the names of the files
 * @throws {import("./api.js").Failure}
 */
export async function download(procedures, format, name, most) {
  const suffix = FORMATS.find(([known]) => known === format)?.[2] ?? "";
  const parts = inParts(procedures.map(sent), most);
  const names = [];
  for (const [index, part] of parts.entries()) {
    const response = await post(`/v1/exports/${format}`, part);
    const called = fileName(parts.length > 1 ? `${name}-${index + 1}` : name) + suffix;
    save(await response.blob(), called);
    names.push(called);
  }
  return names;
}

/** @template T @param {T[]} entries @param {number} most @returns {T[][]} */
export function inParts(entries, most) {
  /** @type {T[][]} */
  const parts = [];
  const utf8 = new TextEncoder();
  let room = 0;
  for (const entry of entries) {
    const size = utf8.encode(JSON.stringify(entry)).length + 1;
    if (size > room || !parts.length) {
      parts.push([]);
      room = most;
    }
    parts[parts.length - 1].push(entry);
    room -= size;
  }
  return parts;
}

/** @param {string} name */
function fileName(name) {
  return name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").slice(0, 80) || "procedure";
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
