/** Server-sent events read from a fetch (EventSource can neither post nor send a key). */

/**
 * The events of a stream as [name, data], together those that came together; comments (the heartbeat) are passed over.
 * @param {ReadableStream<Uint8Array>} body @returns {AsyncGenerator<[string, string][]>}
 */
export async function* events(body) {
  let name = "";
  /** @type {string[]} */
  let data = [];
  for await (const some of lines(body)) {
    /** @type {[string, string][]} */
    const found = [];
    for (const line of some) {
      if (line === "") {
        if (data.length) found.push([name || "message", data.join("\n")]);
        name = "";
        data = [];
      } else if (line.startsWith("event:")) name = line.slice(6).trim();
      else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
    }
    yield found;
  }
}

/** The lines of a stream, together those that came together, as they become whole; one that was cut off is dropped. @param {ReadableStream<Uint8Array>} body */
export async function* lines(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const found = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = found.pop() ?? "";
      yield found.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
