// @ts-check
// Reads newline-delimited JSON as it arrives.

const LONGEST_LINE = 16 * 1024 * 1024; // characters

/**
 * @param {ReadableStream<Uint8Array>} stream UTF-8; empty lines are allowed and keep a connection alive
 * @returns {AsyncGenerator<any, void, void>} each line's value as soon as the line is complete
 * @throws {SyntaxError} for a line that is not JSON; {RangeError} for one that does not end
 */
export async function* readLines(stream) {
  const reader = stream.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      rest += value ?? "";
      const lines = rest.split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) if (line.trim() !== "") yield JSON.parse(line);
      if (rest.length > LONGEST_LINE) throw new RangeError("a line of the answer is longer than any report");
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {}); // it may have ended by itself
  }
}
