/**
 * What the service sends and takes (docs/openapi.json), and what the page keeps besides.
 *
 * @typedef {"ja" | "en"} Spoken the languages of the page
 * @typedef {"ja" | "en"} Language those of cases and procedures
 * @typedef {"setup" | "action" | "check" | "cleanup"} Kind
 * @typedef {"ready" | "open_points" | "skeleton"} Readiness
 * @typedef {{number: number, kind: Kind, action: string, test_data: string | null, expected_result: string, verifies: number[]}} Step
 * @typedef {{rule: string, severity: "error" | "warning" | "info", step?: number | null, field: string,
 *   span?: [number, number] | null, excerpt: string, message: string, suggestion?: string | null}} Finding
 * @typedef {{origin: string, engine?: string | null, model?: string | null, fallback_reason?: string | null,
 *   duration_ms?: number | null, created_at: string, testgen_version: string}} Provenance
 * @typedef {{test_case_id: string, title: string, language: Language, test_data: Record<string, string>,
 *   readiness: Readiness | null, preconditions: string[], expected_results: string[], steps: Step[], postconditions: string[],
 *   findings: Finding[], provenance: Provenance}} Procedure
 * @typedef {{id: string, title: string, objective?: string | null, preconditions?: string[], test_data?: Record<string, string>,
 *   specification?: string | null, expected_results: string[], postconditions?: string[], language?: "auto" | Language}} TestCase
 *
 * A case as it stands in the form; `rest` has the fields that the form does not show.
 * @typedef {{name: string, value: string}} Datum
 * @typedef {{id: string, title: string, objective: string, preconditions: string[], test_data: Datum[], specification: string,
 *   expected_results: string[], postconditions: string[], language: "auto" | Language, rest: Record<string, unknown>}} CaseForm
 *
 * One thing in work: what undo goes back to. `source` is the case that the procedure was written from.
 * @typedef {{uid: string, form: CaseForm, procedure: Procedure | null, source: TestCase | null}} Work
 *
 * @typedef {{type: string, title: string, status: number, detail: string, errors: {pointer: string, message: string}[],
 *   steps?: Step[]}} Problem
 * @typedef {{testgen_version: string, engine: {configured: string, effective: string, fallback_reason: string | null},
 *   model: {name: string}, limits: {max_body_bytes: number, max_steps: number}}} Info
 *
 * @typedef {{state: "idle" | "running" | "stopped" | "lost" | "failed", steps: Step[], repaired: Record<number, Step | null>,
 *   findings: Finding[], reset: string, problem: Problem | null, controller: AbortController | null}} Run
 * @typedef {{step: number, instruction: string, state: "asking" | "running" | "shown", before: Step[], after: Step[],
 *   procedure: Procedure | null, problem: Problem | null}} RewriteDialog
 * @typedef {{key: string, chosen: boolean, state: "waiting" | "sent" | "done" | "failed" | "skipped", test_case: TestCase | null,
 *   title: string, id: string, reason: string, place: number, procedure: Procedure | null, problem: Problem | null}} BatchRow
 * @typedef {{uid: string, name: string, rows: BatchRow[], state: "empty" | "reading" | "listed" | "running" | "stopped" | "lost",
 *   left: string[], problem: Problem | null, controller: AbortController | null}} Batch
 * @typedef {{uid: string, saved_at: number, work: Work}} Kept
 *
 * What a team tells besides the case; `left` are files that its knowledge names, which nobody has read.
 * @typedef {{name: string, passages: {place: string, text: string}[]}} ReadDocument
 * @typedef {{name: string, knowledge: Record<string, any>, left: string[]}} Knowledge
 * @typedef {{knowledge: Knowledge | null, documents: ReadDocument[], reading: boolean, problem: Problem | null}} Told
 * @typedef {{name: "help" | "key" | "paste" | "rewrite" | "forget"}} Dialog
 */
export {};
