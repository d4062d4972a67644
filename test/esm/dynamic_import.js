// SPDX-License-Identifier: MIT
//
// import() works in CommonJS, in evaluated texts and in function bodies, never runs at once, and gives each error again.
'use strict';

const assert = require('assert');

const order = globalThis.order = [];
const promise = import('data:text/javascript,order.push("module")');
order.push('script');

(async () => {
  await promise;
  assert.deepStrictEqual(order, ['script', 'module']);
  assert.strictEqual((await import('../fixtures/esm/counter.mjs')).count, 0);
  assert.strictEqual((await import('../fixtures/esm/waits.mjs')).value, 'waited');
  assert.strictEqual((await eval('import("../fixtures/esm/counter.mjs")')).count, 0);
  assert.strictEqual((await new Function('name', 'return import(name)')('node:path')).sep, '/');
  const first = await import('../fixtures/esm/throws.mjs').catch((error) => error);
  assert.match(first.message, /^thrown/);
  assert.strictEqual(await import('../fixtures/esm/throws.mjs').catch((error) => error), first);
  assert.notStrictEqual(await import('../fixtures/esm/throws.mjs?again').catch((error) => error), first);
  const json = await import('../fixtures/esm/data.json', { with: { type: 'json' } });
  assert.deepStrictEqual(json.default, { answer: 42 });
  await assert.rejects(import('../fixtures/esm/data.json'), { code: 'ERR_IMPORT_ATTRIBUTE_MISSING' });
  await assert.rejects(import('./nothing.mjs'), { code: 'ERR_MODULE_NOT_FOUND' });
  await assert.rejects(import(Symbol('x')), TypeError);
})().then(() => { process.exitCode = 0; });
process.exitCode = 1;
