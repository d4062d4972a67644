// SPDX-License-Identifier: MIT
//
// module.register: hooks that answer later resolve and load what is imported.
import assert from 'node:assert';
import { register } from 'node:module';

register('../fixtures/esm/hooks.mjs', { parentURL: import.meta.url, data: 'hello' });
assert.strictEqual((await import('greeting')).default, 'hello');
assert.strictEqual((await import('../fixtures/esm/counter.mjs')).count, 0);
