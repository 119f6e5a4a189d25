/** A test case in the form, and as the service takes it. */
import { caseId } from "./ids.js";

/** @typedef {import("./types.js").CaseForm} CaseForm */
/** @typedef {import("./types.js").TestCase} TestCase */

export const LISTS = /** @type {const} */ (["preconditions", "expected_results", "postconditions"]);
const TEXTS = /** @type {const} */ (["id", "title", "objective", "specification"]);
const SHOWN = new Set([...LISTS, ...TEXTS, "test_data", "language"]);

/** @returns {CaseForm} */
export function emptyForm() {
  return {
    id: "",
    title: "",
    objective: "",
    preconditions: [""],
    test_data: [{ name: "", value: "" }],
    specification: "",
    expected_results: [""],
    postconditions: [""],
    language: "auto",
    rest: {},
  };
}

/** @param {TestCase} testCase @returns {CaseForm} */
export function formOf(testCase) {
  const form = emptyForm();
  for (const name of TEXTS) form[name] = testCase[name] ?? "";
  for (const name of LISTS) form[name] = testCase[name]?.length ? [...(testCase[name] ?? [])] : [""];
  const data = Object.entries(testCase.test_data ?? {}).map(([name, value]) => ({ name, value }));
  if (data.length) form.test_data = data;
  form.language = testCase.language ?? "auto";
  form.rest = Object.fromEntries(Object.entries(testCase).filter(([name, value]) => !SHOWN.has(name) && filled(value)));
  return form;
}

/** What the service takes; an id is made where there is none. @param {CaseForm} form @returns {TestCase} */
export function caseOf(form) {
  const data = form.test_data.filter((datum) => datum.name.trim() || datum.value.trim());
  /** @type {Record<string, unknown>} */
  const made = { ...form.rest, id: form.id.trim() || caseId(), title: form.title.trim(), language: form.language };
  for (const name of LISTS) made[name] = form[name].map((text) => text.trim()).filter(Boolean);
  made.test_data = Object.fromEntries(data.map((datum) => [datum.name.trim(), datum.value.trim()]));
  if (form.objective.trim()) made.objective = form.objective.trim();
  if (form.specification.trim()) made.specification = form.specification.trim();
  return /** @type {TestCase} */ (made);
}

/** What keeps the case from being sent: field -> the reason's name in the texts. @param {CaseForm} form @returns {Record<string, string>} */
export function faultsOf(form) {
  /** @type {Record<string, string>} */
  const faults = {};
  if (!form.title.trim()) faults.title = "titleMissing";
  if (!form.expected_results.some((text) => text.trim())) faults.expected_results = "resultMissing";
  const names = form.test_data.filter((datum) => datum.name.trim() || datum.value.trim()).map((datum) => datum.name.trim());
  if (names.includes("")) faults.test_data = "nameMissing";
  else if (new Set(names).size < names.length) faults.test_data = "nameTwice";
  return faults;
}

/** @param {CaseForm} form */
export function isEmpty(form) {
  return JSON.stringify(form) === JSON.stringify({ ...emptyForm(), language: form.language });
}

/** Whether the procedure was written from another case than the one in the form. @param {TestCase | null} source @param {CaseForm} form */
export function differs(source, form) {
  if (!source) return false;
  const now = caseOf({ ...form, id: form.id.trim() || source.id });
  const then = caseOf(formOf(source));
  return JSON.stringify(sorted(now)) !== JSON.stringify(sorted(then));
}

/** @param {object} value */
function sorted(value) {
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** @param {unknown} value */
function filled(value) {
  if (value === null || value === undefined || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** The format that a text looks like. @param {string} text */
export function formatOf(text) {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return "json";
  if (/\t/.test(text.split("\n")[0] ?? "") && text.includes("\n")) return "tsv";
  if (/^(#{1,6}\s|\|)/m.test(start)) return "markdown";
  return "";
}
