// SPDX-License-Identifier: MIT
//
// NODE_COMPILE_CACHE: what was stripped once is taken from the cache; a changed source, and entries that are damaged in any way, are
// stripped again.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { lode, scratch } = require('../helpers/run');

const folder = scratch();
const file = path.join(folder, 'program.ts');
const cache = path.join(folder, 'cache');

function run(args = [file], env = {}) {
  const result = lode(args, { cwd: folder, env: { ...process.env, NODE_COMPILE_CACHE: cache, NODE_DEBUG_NATIVE: 'COMPILE_CACHE', ...env } });
  assert.strictEqual(result.status, 0, result.stderr);
  return result;
}
function entries() {
  const [version, ...others] = fs.readdirSync(cache);
  assert.deepStrictEqual(others, []);
  return fs.readdirSync(path.join(cache, version)).map((name) => path.join(cache, version, name));
}

fs.writeFileSync(file, 'const value: string = "one \u00e9\u4e2d";\nconsole.log(value); process.exit();');
let result = run();
assert.strictEqual(result.stdout, 'one \u00e9\u4e2d\n');
assert.match(result.stderr, /no transpile cache for StrippedTypeScript .*program\.ts/);
assert.match(result.stderr, /writing cache for StrippedTypeScript .*program\.ts.*success/);
assert.strictEqual(entries().length, 1);

result = run();
assert.strictEqual(result.stdout, 'one \u00e9\u4e2d\n');
assert.match(result.stderr, /retrieving transpile cache for StrippedTypeScript .*program\.ts.*success/);
assert.match(result.stderr, /skip persisting StrippedTypeScript .*program\.ts because cache was the same/);

// Transformed text is another entry than stripped text.
assert.match(run(['--experimental-transform-types', file]).stderr, /no transpile cache for TransformedTypeScriptWithSourceMaps /);
assert.strictEqual(entries().length, 2);

fs.writeFileSync(file, 'const value: string = "two";\nconsole.log(value);');
result = run();
assert.strictEqual(result.stdout, 'two\n');
assert.match(result.stderr, /writing cache for StrippedTypeScript .*success/);

const [entry] = entries().filter((name) => fs.readFileSync(name, 'utf8').includes('"StrippedTypeScript"'));
const good = fs.readFileSync(entry, 'utf8');
for (const damaged of [good.replace('two', 'six'), good.slice(0, -3), good.slice(0, 20), '', '{}\n', 'null\nx', `${good}//`]) {
  fs.writeFileSync(entry, damaged);
  result = run();
  assert.strictEqual(result.stdout, 'two\n', damaged);
  assert.match(result.stderr, /damaged[^]*writing cache for StrippedTypeScript .*success/);
  assert.strictEqual(fs.readFileSync(entry, 'utf8'), good);
}

// Moved as a whole: only a portable cache still knows the file.
for (const [portable, expected] of [['', /no transpile cache/], ['1', /retrieving transpile cache/]]) {
  const from = path.join(folder, `from${portable}`);
  fs.mkdirSync(from);
  fs.writeFileSync(path.join(from, 'a.ts'), 'let a: number;');
  const env = { NODE_COMPILE_CACHE: 'cache', NODE_COMPILE_CACHE_PORTABLE: portable, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  lode(['a.ts'], { cwd: from, env: { ...process.env, ...env } });
  fs.renameSync(from, `${from}-moved`);
  assert.match(lode(['a.ts'], { cwd: `${from}-moved`, env: { ...process.env, ...env } }).stderr, expected);
}
