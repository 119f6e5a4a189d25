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
    en: ["The service did not answer as expected.", "Try again later; tell your operator if the problem persists."],
  },
  "case-too-long": {
    ja: ["テストケースが長すぎて、モデルで処理できません。", "仕様を、このケースに関係する部分に絞ってください。"],
    en: ["The test case is too long for the model.", "Keep only the part of the specification that this case needs."],
  },
  "engine-busy": {
    ja: ["モデルサーバーが混み合っています。", "しばらくしてからお試しください。"],
    en: ["The model server is busy.", "Try again in a while."],
  },
  "engine-unavailable": {
    ja: ["モデルサーバーから応答がありません。", "もう一度お試しください。続く場合は管理者に連絡してください。"],
    en: ["The model server does not answer.", "Try again; tell your operator if the problem persists."],
  },
  "engine-timeout": {
    ja: ["モデルの応答に時間がかかりすぎました。", "もう一度お試しいただくか、ケースを分割してください。"],
    en: ["The model took too long.", "Try again, or split the case."],
  },
  "engine-protocol": {
    ja: ["モデルサーバーの応答が正しくありません。", "管理者に連絡してください。"],
    en: ["The answer does not come from a model server.", "Tell your operator."],
  },
  "context-exceeded": {
    ja: ["ケースの内容が、モデルで一度に処理できる量を超えています。", "仕様を短くしてください。"],
    en: ["The case does not fit into the model's context.", "Shorten the specification."],
  },
  "model-missing": {
    ja: ["モデルがサーバーにありません。", "管理者に連絡してください。"],
    en: ["The server does not have the model.", "Tell your operator."],
  },
  "incomplete-output": {
    ja: ["モデルの応答が途中で切れました。", "書き終えた手順は残っています。もう一度作成するか、続きを書き足してください。"],
    en: ["The model's answer was cut off.", "The steps written so far are kept. Try again, or write the rest yourself."],
  },
  "invalid-output": {
    ja: ["モデルが手順を正しく書けませんでした。", "もう一度作成してください。仕様を具体的に書くと改善することがあります。"],
    en: ["The model did not write a valid procedure.", "Try again; a more specific specification helps."],
  },
  "wrong-language": {
    ja: ["モデルが別の言語で書きました。", "「手順の言語」を指定して、もう一度作成してください。"],
    en: ["The model wrote in the wrong language.", "Choose the language of the procedure and try again."],
  },
  "invalid-input": {
    ja: ["入力内容に誤りがあります。", "次の項目を直してください。"],
    en: ["Some of the input needs correction.", "Correct the fields named below."],
  },
  "unreadable-input": {
    ja: ["内容を読み込めませんでした。", "見出し行（テスト項目、期待結果など）があるか、形式が正しいかを確認してください。"],
    en: ["The content could not be read.", "Check that it has a heading row (Title, Expected results, …) and the right format."],
  },
  "too-costly": {
    ja: ["処理に時間がかかりすぎるため中止しました。", "ファイルまたはケースを分割してください。"],
    en: ["The work took too long and was stopped.", "Split the file or the case."],
  },
  "body-too-large": {
    ja: ["送信する内容が大きすぎます。", "ファイルを分割するか、仕様を短くしてください。"],
    en: ["The request is too large.", "Split the file, or shorten the specification."],
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
    ja: ["サービスが停止するため、このケースの手順の作成を開始しませんでした。", "もう一度お試しください。"],
    en: ["The case was not started because the service is shutting down.", "Try again."],
  },
  unauthorized: {
    ja: ["API キーが正しくありません。", "正しいキーを入力してください。"],
    en: ["The API key is missing or not valid.", "Enter a valid key."],
  },
  "too-many-attempts": {
    ja: ["無効なキーが何度も試されました。", "しばらく待ってから、正しいキーを入力してください。"],
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
    return field ? t().fieldProblem(field, message) : message;
  });
  return { said: [what, remedy].join(language === "ja" ? "" : " "), fields, detail: problem.detail };
}

/** On one line. @param {Problem} problem */
export function short(problem) {
  const { said, fields } = told(problem);
  return fields.length ? fields.join(" / ") : said;
}

/** Why a row was passed over: "/field (value): message", with the field as the page calls it. @param {string} reason */
export function reasonTold(reason) {
  const [, pointer, message] = /^(\/\S+?)(?: \(.*\))?: (.*)$/s.exec(reason) ?? [];
  return pointer ? t().fieldProblem(fieldName(pointer), message) : reason;
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
