/** Names for what has none. */

let count = 0;

/** Unique in this browser; `crypto.randomUUID` is there over HTTPS only. */
export function newId() {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${Date.now().toString(36)}-${(count += 1)}-${random[0].toString(36)}${random[1].toString(36)}`;
}

/** The id of a case whose author gave none, such as TC-20261125-190703. @param {Date} [now] */
export function caseId(now = new Date()) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `TC-${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}
