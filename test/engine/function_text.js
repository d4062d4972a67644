// SPDX-License-Identifier: MIT
//
// Function.prototype.toString gives the author's text to the letter, and that text runs in another process.
'use strict';

const assert = require('assert');
const fs = require('fs');
const { execFileSync } = require('child_process');

const source = fs.readFileSync(__filename, 'utf8');

async function work(n, caf\u00e9 = 'x') { /* awaits */ let sum = 0; try { sum += await n; for await (const i of [1, 2]) sum += i; } finally { await null; } return sum; }
class Holder { async *gen() { yield await 1; } static arrow = async (x) => ({ x: await x }); load() { return import('fs'); } }

for (const fn of [work, Holder, Holder.prototype.gen, Holder.arrow, Holder.prototype.load]) {
  const text = fn.toString();
  assert.ok(!text.includes('$' + 'lode'));
  assert.ok(source.includes(text), text);
}
assert.ok(source.includes(`${work}\nclass`));

const answer = execFileSync(process.execPath, ['-p', `(${work})(39).then((n) => console.log(n)), 0`], { encoding: 'utf8' });
assert.match(answer, /^42$/m);

// The wrapper looks like the engine's.
const { toString } = Function.prototype;
assert.strictEqual(toString.toString(), 'function toString() { [native code] }');
assert.strictEqual(toString.name, 'toString');
assert.strictEqual(toString.length, 0);
assert.throws(() => toString.call({}), TypeError);
assert.throws(() => new toString(), TypeError);
assert.match(Error.toString(), /^function Error\(\) \{\s*\[native code\]\s*\}$/);

const AsyncFunction = work.constructor;
assert.strictEqual(new AsyncFunction('a', 'return await a').toString(), 'async function anonymous(a\n) {\nreturn await a\n}');
assert.strictEqual(String(eval('(async (a) => await a)')), '(async (a) => await a)'.slice(1, -1));
