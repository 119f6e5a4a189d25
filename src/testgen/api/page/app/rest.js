/** All of the page that is not needed to write a case; see `later`. */
export { learn } from "./api.js";
export { openKeptBatch } from "./batch.js";
export { nextOpenPoint, travel } from "./correct.js";
export { forgetDocument, forgetKnowledge, openTold, tellDocuments, tellKnowledge } from "./told.js";
export { generate, stop } from "./write.js";
export { BatchView, openDropped } from "./views/batchview.js";
export { Dialogs, pasted } from "./views/dialogs.js";
export { HistoryView } from "./views/historyview.js";
export { Notice, Waiting } from "./views/notices.js";
export { ProcedureView } from "./views/procedureview.js";
