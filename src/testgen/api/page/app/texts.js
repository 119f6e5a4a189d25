/** The texts of the page, by the name that they have in each language. */
import { get } from "./store.js";
import { en } from "./texts/en.js";
import { ja } from "./texts/ja.js";

const TEXTS = { ja, en };

/** The texts in the page's language. */
export const t = () => TEXTS[get().language];

/** Those of a procedure's own language, as its table is copied. @param {import("./types.js").Language} language */
export const textsOf = (language) => TEXTS[language];
