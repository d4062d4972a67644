// SPDX-License-Identifier: MIT
//
// Web streams: transforming, teeing and piping keep every chunk and its order, for values and for bytes.
'use strict';

const assert = require('assert');
const { Readable } = require('stream');

async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

(async () => {
  const doubled = ReadableStream.from([1, 2, 3]).pipeThrough(new TransformStream({
    transform(chunk, controller) { controller.enqueue(chunk * 2); },
  }));
  const [left, right] = doubled.tee();
  assert.deepStrictEqual(await Promise.all([all(left), all(right)]), [[2, 4, 6], [2, 4, 6]]);

  const bytes = new ReadableStream({
    type: 'bytes',
    start(controller) {
      controller.enqueue(new Uint8Array([1, 2, 3, 4, 5]));
      controller.close();
    },
  });
  const reader = bytes.getReader({ mode: 'byob' });
  const first = await reader.read(new Uint8Array(2));
  assert.deepStrictEqual([...first.value], [1, 2]);
  const second = await reader.read(new Uint16Array(1));
  assert.strictEqual(second.value.byteLength, 2);
  const third = await reader.read(new Uint8Array(9));
  assert.deepStrictEqual([...third.value], [5]);
  assert.strictEqual((await reader.read(new Uint8Array(1))).done, true);

  const seen = [];
  await Readable.toWeb(Readable.from(['a', 'b'])).pipeTo(new WritableStream({ write(chunk) { seen.push(chunk); } }));
  assert.deepStrictEqual(seen, ['a', 'b']);

  const failing = new ReadableStream({ pull() { throw new Error('broken'); } });
  let aborted;
  await assert.rejects(failing.pipeTo(new WritableStream({ abort(reason) { aborted = reason; } })), /broken/);
  assert.match(aborted.message, /broken/);
})();
