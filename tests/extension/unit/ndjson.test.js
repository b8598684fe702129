// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { readLines } from "../../../extension/lib/ndjson.js";

/** @param {(string | Uint8Array)[]} chunks @returns {ReadableStream<Uint8Array>} */
const stream = (...chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  });

/** @param {ReadableStream<Uint8Array>} source */
async function all(source) {
  const values = [];
  for await (const value of readLines(source)) values.push(value);
  return values;
}

test("lines come out however they are cut", async () => {
  assert.deepEqual(await all(stream('{"index":0}\n{"ind', 'ex":1}', '\n{"index":2}\n')), [
    { index: 0 },
    { index: 1 },
    { index: 2 },
  ]);
});

test("a letter cut in two is put together", async () => {
  const bytes = new TextEncoder().encode('{"name":"Zoë"}\n');
  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(await all(stream(bytes.slice(0, cut), bytes.slice(cut))), [{ name: "Zoë" }]);
  }
});

test("the last line needs no end, and empty lines are nothing", async () => {
  assert.deepEqual(await all(stream('\n\r\n{"index":0}\n\n{"index":1}')), [{ index: 0 }, { index: 1 }]);
  assert.deepEqual(await all(stream("")), []);
});

test("a line is handed on before the next one is there", async () => {
  /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
  let controller;
  const lines = readLines(new ReadableStream({ start: (given) => void (controller = given) }));
  const first = lines.next();
  controller?.enqueue(new TextEncoder().encode('{"index":4}\n'));
  assert.deepEqual((await first).value, { index: 4 });
  await lines.return();
});

test("a cut-off line is an error, after the whole ones were handed on", async () => {
  const lines = readLines(stream('{"index":0}\n{"index":'));
  assert.deepEqual((await lines.next()).value, { index: 0 });
  await assert.rejects(lines.next(), SyntaxError);
});

test("a line that does not end is given up", async () => {
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1 << 20).fill(0x20)) });
  await assert.rejects(all(endless), RangeError);
});
