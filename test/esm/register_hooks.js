// SPDX-License-Identifier: MIT
//
// module.registerHooks: hooks resolve and load for require and import alike, the last one first, until they are taken back.
'use strict';

const assert = require('assert');
const { registerHooks } = require('module');

const calls = [];
const first = registerHooks({
  resolve(specifier, context, nextResolve) {
    calls.push(`first ${specifier}`);
    if (specifier === 'virtual:answer') return { url: 'virtual:answer', format: 'module', shortCircuit: true };
    return nextResolve(specifier);
  },
  load(url, context, nextLoad) {
    if (url === 'virtual:answer') return { format: 'module', source: 'export default 42', shortCircuit: true };
    const result = nextLoad(url);
    if (url.endsWith('values.cjs')) return { format: result.format, source: `${result.source};exports.three = 3`, shortCircuit: false };
    return result;
  },
});
const second = registerHooks({
  resolve(specifier, context, nextResolve) {
    calls.push(`second ${specifier}`);
    return nextResolve(specifier === 'answer' ? 'virtual:answer' : specifier, context);
  },
});
const broken = registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'broken') return { url: 'node:fs' };
    return nextResolve(specifier, context);
  },
});

(async () => {
  assert.strictEqual((await import('answer')).default, 42);
  assert.deepStrictEqual(calls, ['second answer', 'first virtual:answer']);
  assert.strictEqual(require('../fixtures/esm/values.cjs').three, 3);
  await assert.rejects(import('broken'), { code: 'ERR_INVALID_RETURN_PROPERTY_VALUE' });
  broken.deregister();
  second.deregister();
  first.deregister();
  await assert.rejects(import('answer'), { code: 'ERR_MODULE_NOT_FOUND' });
  process.exitCode = 0;
})();
process.exitCode = 1;
