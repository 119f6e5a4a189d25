/** What people paste or drop becomes a case in the form; several become a batch. The service reads all formats: one parser. */
import { Failure, ask, problemOf } from "./api.js";
import { formatOf, formOf } from "./cases.js";
import { caseId } from "./ids.js";
import { begin, newWork, open } from "./store.js";

/** @typedef {{test_cases: import("./types.js").TestCase[], procedures: import("./types.js").Procedure[],
 *   skipped: {reason: string, row: number | null, title: string}[], left_behind: string[]}} Found */

const BY_ENDING = {
  xlsx: "xlsx", xlsm: "xlsx", xls: "xls", csv: "csv", tsv: "csv", txt: "csv", md: "markdown", markdown: "markdown",
  json: "json", yaml: "yaml", yml: "yaml", feature: "gherkin", xml: "testlink-xml",
}; // prettier-ignore

/** @param {string} text @returns {Promise<Found>} @throws {Failure} */
export async function readText(text) {
  const format = formatOf(text) || "markdown";
  if (format === "tsv") return read("csv?delimiter=%09", text);
  return read(format, format === "json" ? withIds(text) : text);
}

/** @param {File} file @returns {Promise<Found>} @throws {Failure} */
export async function readFile(file) {
  const ending = file.name.toLowerCase().split(".").at(-1) ?? "";
  const format = BY_ENDING[/** @type {keyof typeof BY_ENDING} */ (ending)];
  if (!format) throw new Failure({ ...problemOf("unreadable-input"), detail: file.name });
  return read(format, format === "json" ? withIds(await file.text()) : file);
}

/** @param {string} path @param {BodyInit} body @returns {Promise<Found>} */
async function read(path, body) {
  const response = await ask(`/v1/imports/${path}`, { method: "POST", type: "application/octet-stream", body });
  return response.json();
}

/** Cases in JSON need not have an id here. @param {string} text */
function withIds(text) {
  try {
    const data = JSON.parse(text);
    const several = Array.isArray(data);
    const named = (several ? data : [data]).map((entry, index) =>
      entry && typeof entry === "object" && !entry.id && !entry.steps ? { id: `${caseId()}-${index + 1}`, ...entry } : entry,
    );
    return JSON.stringify(several ? named : named[0]);
  } catch {
    return text; // the service says what is wrong with it
  }
}

/** Puts the one case, or the one procedure, that was found into the editor. @param {Found} found @returns {boolean} whether it was one */
export function takeOne({ test_cases, procedures }) {
  if (test_cases.length + procedures.length !== 1) return false;
  if (test_cases.length) begin(formOf(test_cases[0]));
  else open(workOf(procedures[0]));
  return true;
}

/** A procedure that exists already. @param {import("./types.js").Procedure} procedure @returns {import("./types.js").Work} */
export function workOf(procedure) {
  const { test_case_id, title, test_data, preconditions, expected_results, postconditions, language } = procedure;
  const form = formOf({ id: test_case_id, title, test_data, preconditions, expected_results, postconditions, language });
  return { ...newWork(), form, procedure, source: null };
}
