/** Problems of the service in the page's language: what happened, and what to do about it. */
import { codeOf } from "./api.js";
import { get } from "./store.js";
import { t } from "./texts.js";

/** @typedef {import("./types.js").Problem} Problem */

/** @type {Record<string, {ja: [string, string], en: [string, string]}>} what happened, what to do */
const KNOWN = {
  unreachable: {
    ja: ["サービスに接続できません。", "ネットワークを確認して、もう一度お試しください。"],
    en: ["The service cannot be reached.", "Check your network and try again."],
  },
  "no-answer": {
    ja: ["サービスから正しい応答がありません。", "しばらくしてからお試しください。続く場合は管理者に連絡してください。"],
    en: ["The service did not answer as expected.", "Try again later; tell your operator if it goes on."],
  },
  "case-too-long": {
    ja: ["テストケースがモデルには長すぎます。", "仕様を、このケースに関係する部分に絞ってください。"],
    en: ["The test case is too long for the model.", "Keep only the part of the specification that this case needs."],
  },
  "engine-busy": {
    ja: ["モデルのサーバーが混み合っています。", "しばらくしてからお試しください。"],
    en: ["The model's server is busy.", "Try again in a while."],
  },
  "engine-unavailable": {
    ja: ["モデルのサーバーから応答がありません。", "もう一度お試しください。続く場合は管理者に連絡してください。"],
    en: ["The model's server does not answer.", "Try again; tell your operator if it goes on."],
  },
  "engine-timeout": {
    ja: ["モデルの応答が時間内に終わりませんでした。", "もう一度お試しいただくか、ケースを小さく分けてください。"],
    en: ["The model took too long.", "Try again, or split the case."],
  },
  "engine-protocol": {
    ja: ["モデルのサーバーの応答が正しくありません。", "管理者に連絡してください。"],
    en: ["The answer is not a model server's.", "Tell your operator."],
  },
  "context-exceeded": {
    ja: ["モデルが一度に扱える量を超えました。", "仕様を短くしてください。"],
    en: ["The case does not fit into the model's context.", "Shorten the specification."],
  },
  "model-missing": {
    ja: ["モデルがサーバーにありません。", "管理者に連絡してください。"],
    en: ["The model is not on its server.", "Tell your operator."],
  },
  "incomplete-output": {
    ja: ["モデルの出力が途中で切れました。", "書けたところまで残っています。もう一度作成するか、続きを書き足してください。"],
    en: ["The model's answer was cut off.", "What was written is kept. Try again, or write on."],
  },
  "invalid-output": {
    ja: ["モデルが正しい手順を書けませんでした。", "もう一度作成してください。仕様を具体的に書くと改善します。"],
    en: ["The model did not write a valid procedure.", "Try again; a more concrete specification helps."],
  },
  "wrong-language": {
    ja: ["モデルが別の言語で書きました。", "「手順の言語」を指定して、もう一度作成してください。"],
    en: ["The model wrote in another language.", "Choose the language of the procedure and try again."],
  },
  "invalid-input": {
    ja: ["入力に直すところがあります。", "次の項目を直してください。"],
    en: ["Some of the input must be corrected.", "Correct the fields named below."],
  },
  "unreadable-input": {
    ja: ["内容を読み取れませんでした。", "見出し行（テスト項目、期待結果など）があるか、形式が合っているかを確認してください。"],
    en: ["The content could not be read.", "Check that it has a heading row (Title, Expected results, …) and the right format."],
  },
  "too-costly": {
    ja: ["処理に時間がかかりすぎるため中止しました。", "ファイルやケースを小さく分けてください。"],
    en: ["The work took too long and was ended.", "Split the file or the case."],
  },
  "body-too-large": {
    ja: ["送る内容が大きすぎます。", "ファイルを分けるか、仕様を短くしてください。"],
    en: ["What is sent is too large.", "Split the file, or shorten the specification."],
  },
  "body-too-slow": {
    ja: ["送信に時間がかかりすぎました。", "もう一度お試しください。"],
    en: ["Sending took too long.", "Try again."],
  },
  overloaded: {
    ja: ["サービスが混み合っています。", "しばらくしてからお試しください。"],
    en: ["The service is busy.", "Try again in a while."],
  },
  "not-begun": {
    ja: ["サービスの停止のため、このケースは始まりませんでした。", "もう一度お試しください。"],
    en: ["The case was not begun because the service is ending.", "Try again."],
  },
  unauthorized: {
    ja: ["API キーが正しくありません。", "正しいキーを入力してください。"],
    en: ["The API key is missing or not valid.", "Enter a valid key."],
  },
  "too-many-attempts": {
    ja: ["正しくないキーが何度も試されました。", "しばらく待ってから、正しいキーを入力してください。"],
    en: ["Too many wrong keys were tried.", "Wait a while, then enter a valid key."],
  },
  "cross-origin": {
    ja: ["この画面からの利用は許可されていません。", "管理者に連絡してください。"],
    en: ["This page may not use the service.", "Tell your operator."],
  },
  "misdirected-request": {
    ja: ["このアドレスでは利用できません。", "管理者に正しいアドレスを確認してください。"],
    en: ["The service does not answer at this address.", "Ask your operator for the right one."],
  },
  internal: {
    ja: ["サービスで予期しないエラーが起きました。", "管理者に連絡してください。"],
    en: ["Something went wrong in the service.", "Tell your operator."],
  },
  config: {
    ja: ["サービスの設定に誤りがあります。", "管理者に連絡してください。"],
    en: ["The service is not configured correctly.", "Tell your operator."],
  },
};

/** What a field is told, in Japanese. @type {[RegExp, string][]} */
const FIELD = [
  [/^is missing/, "必須です。入力してください"],
  [/^is empty/, "空です。入力してください"],
  [/^is too long: at most (\d+)/, "長すぎます（$1文字まで）"],
  [/^has too many entries: at most (\d+)/, "多すぎます（$1件まで）"],
  [/^no such field/, "この名前の項目はありません。削除してください"],
  [/^put it in quotes/, "数値ではなく文字列として書いてください"],
  [/^has no row that names the columns/, "見出し行（テスト項目、期待結果など）がありません"],
  [/^has no table of tests/, "テストケースの表が見つかりません。見出し行（テスト項目、期待結果など）のあるシートが必要です"],
  [/^has no row of headings/, "見出し行がありません。操作の列に見出し（手順、操作手順など）を付けてください"],
  [/^is (?:not an Excel workbook|not a workbook|a ZIP file)/, "Excel ファイルとして読み込めません。Excel で開き、.xlsx 形式で保存し直してください"],
  [/^is an old workbook/, "古い形式（.xls）かパスワード付きのため読み込めません。パスワードを外し、.xlsx 形式で保存してください"],
  [/^holds macros/, "マクロを含むため読み込めません。マクロなしの .xlsx 形式で保存してください"],
  [/^has a formula without a value in (\w+)/, "$1 の数式に値がありません。Excel で開いて保存し直してください"],
  [/^has more than [\d,]+/, "行や列が多すぎます。テスト以外の部分を削除するか、ファイルを分けてください"],
  [/^holds ([\d,]+) cases; at most ([\d,]+)/, "ケースが多すぎます（$1件）。$2件までのファイルに分けてください"],
  [/^has (\d+) cells in row (\d+), but (\d+) columns/, "$2行目のセルが$1個あり、見出しの$3列と合いません。カンマを含むセルは引用符で囲んでください"],
  [/^has no title/, "タイトルがありません。入力してください"],
  [/^has no test case/, "テストケースがありません。ID とタイトルを見出しにし、その下に「前提条件」「期待結果」などを書いてください"],
  [/^is a note, no test/, "テストではなく注記です"],
  [/^is not JSON at line (\d+), column (\d+)/, "JSON の書き方に誤りがあります（$1行目の$2文字目）"],
  [/^is not (CSV|YAML|Gherkin|XML)/, "$1 の書き方に誤りがあります"],
  [/^engine outline works by rules/, "モデルなしで動作しているため、指示に沿った書き直しはできません"],
];

/**
 * What to show of a problem.
 * @param {Problem} problem
 * @returns {{said: string, fields: string[], detail: string}} what happened and what to do; `detail` in the service's own words
 */
export function told(problem) {
  const language = get().language;
  const [what, remedy] = (KNOWN[codeOf(problem)] ?? KNOWN["no-answer"])[language];
  const fields = problem.errors.map(({ pointer, message }) => {
    const field = fieldName(pointer);
    const text = language === "ja" ? inJapanese(message) : message;
    return field ? t().fieldProblem(field, text) : text;
  });
  return { said: [what, remedy].join(language === "ja" ? "" : " "), fields, detail: problem.detail };
}

/** On one line. @param {Problem} problem */
export function short(problem) {
  const { said, fields } = told(problem);
  return fields.length ? fields.join(" / ") : said;
}

/** Why a row was passed over: "/field (value): message", in the page's language. @param {string} reason */
export function reasonTold(reason) {
  const [, pointer, message] = /^(\/\S+?)(?: \(.*\))?: (.*)$/s.exec(reason) ?? [];
  if (!pointer) return get().language === "ja" ? inJapanese(reason) : reason;
  return t().fieldProblem(fieldName(pointer), get().language === "ja" ? inJapanese(message) : message);
}

/** @param {string} message */
function inJapanese(message) {
  const [pattern, text] = FIELD.find(([found]) => found.test(message)) ?? [];
  const match = pattern?.exec(message);
  return match && text ? text.replace(/\$(\d)/g, (_, place) => match[place] ?? "") : message;
}

/** @param {string} pointer */
function fieldName(pointer) {
  const [name, place] = pointer.split("/").filter((part) => part && part !== "procedure" && part !== "test_case");
  if (!name) return "";
  const texts = t();
  const names = /** @type {Record<string, unknown>} */ ({ ...texts, steps: texts.atField.steps });
  const label = typeof names[name] === "string" ? String(names[name]) : pointer;
  return /^\d+$/.test(place ?? "") ? `${label} ${Number(place) + 1}` : label;
}
