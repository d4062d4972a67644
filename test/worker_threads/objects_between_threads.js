// SPDX-License-Identifier: MIT
//
// Platform objects arrive in another thread as what they are: blobs, histograms, block lists, addresses, signals, streams.
'use strict';

const assert = require('assert');
const net = require('net');
const { transferableAbortController } = require('util');
const { createHistogram } = require('perf_hooks');
const { Worker } = require('worker_threads');

const worker = new Worker(`
  const { parentPort } = require('worker_threads');
  parentPort.once('message', async ({ blob, file, list, address, histogram, signal, stream, error }) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const text = [await blob.text(), file.name, await file.text(), blob instanceof Blob, file instanceof File];
    signal.onabort = () => {
      parentPort.postMessage({ reason: signal.reason });
      parentPort.close();
    };
    parentPort.postMessage({ text, blocked: list.check('10.0.0.1'), open: list.check('10.0.0.2'), port: address.port,
      max: histogram.max, chunks, error: [error instanceof DOMException, error.name] });
    parentPort.on('message', () => {});
  });`, { eval: true });
const list = new net.BlockList();
list.addAddress('10.0.0.1');
const histogram = createHistogram();
histogram.record(12);
const controller = transferableAbortController();
const stream = new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue('b'); c.close(); } });
worker.postMessage({
  blob: new Blob(['some', ' text']), file: new File(['content'], 'name.txt'), list, histogram, stream, signal: controller.signal,
  address: new net.SocketAddress({ port: 80 }), error: new DOMException('m', 'AbortError'),
}, [stream, controller.signal]);
worker.once('message', (got) => {
  assert.deepStrictEqual(got, { text: ['some text', 'name.txt', 'content', true, true], blocked: true, open: false, port: 80, max: 12,
                                chunks: ['a', 'b'], error: [true, 'AbortError'] });
  worker.once('message', ({ reason }) => assert.strictEqual(reason, 'enough'));
  controller.abort('enough');
});
