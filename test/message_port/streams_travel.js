// SPDX-License-Identifier: MIT
//
// Streams in the transfer list go on at the other side, with back-pressure, errors and ends.
'use strict';

const assert = require('assert');

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

(async () => {
  const source = new ReadableStream({ start(c) { for (const x of [1, { a: 2 }, 'three']) c.enqueue(x); c.close(); } });
  const keep = setInterval(() => {}, 1000);
  const moved = structuredClone(source, { transfer: [source] });
  assert.ok(source.locked);
  assert.deepStrictEqual(await collect(moved), [1, { a: 2 }, 'three']);

  const failing = new ReadableStream({ pull(c) { c.error(new RangeError('broken')); } });
  await assert.rejects(collect(structuredClone(failing, { transfer: [failing] })), { name: 'RangeError', message: 'broken' });

  const written = [];
  const sink = new WritableStream({ write(chunk) { written.push(chunk); } });
  const writer = structuredClone(sink, { transfer: [sink] }).getWriter();
  await writer.write('a');
  await writer.write('b');
  await writer.close();
  while (written.length < 2) await new Promise(setImmediate);
  assert.deepStrictEqual(written, ['a', 'b']);

  const upper = new TransformStream({ transform(chunk, c) { c.enqueue(chunk.toUpperCase()); } });
  const { readable, writable } = structuredClone(upper, { transfer: [upper] });
  const input = writable.getWriter();
  input.write('x').then(() => input.close());
  assert.deepStrictEqual(await collect(readable), ['X']);

  const locked = new ReadableStream();
  locked.getReader();
  assert.throws(() => structuredClone(locked, { transfer: [locked] }), { name: 'DataCloneError' });
  clearInterval(keep);
})();
