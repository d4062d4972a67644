// SPDX-License-Identifier: MIT
//
// Trees are made, listed, copied, matched and removed, and removing never follows a link out of them.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const at = (...parts) => path.join(dir, ...parts);

assert.strictEqual(fs.mkdirSync(at('a/b/c'), { recursive: true }), at('a'));
assert.strictEqual(fs.mkdirSync(at('a/b/c'), { recursive: true }), undefined);
fs.writeFileSync(at('a/b/one.js'), '');
fs.writeFileSync(at('a/two.js'), '');
fs.mkdirSync(at('outside'));
fs.writeFileSync(at('outside/kept'), '');
fs.symlinkSync(at('outside'), at('a/link'));
assert.throws(() => fs.mkdirSync(at('a/two.js/x'), { recursive: true }), { code: 'ENOTDIR' });

assert.deepStrictEqual(fs.readdirSync(at('a')), ['b', 'link', 'two.js']);
assert.deepStrictEqual(fs.readdirSync(at('a'), { recursive: true }).sort(),
                       ['b', 'b/c', 'b/one.js', 'link', 'link/kept', 'two.js']);
const types = fs.readdirSync(at('a'), { withFileTypes: true });
assert.deepStrictEqual(types.map((e) => [e.name, e.isDirectory(), e.isSymbolicLink()]),
                       [['b', true, false], ['link', false, true], ['two.js', false, false]]);

assert.deepStrictEqual(fs.globSync('a/**/*.js', { cwd: dir }).sort(), ['a/b/one.js', 'a/two.js']);
assert.deepStrictEqual(fs.globSync('a/{b,x}/*', { cwd: dir, exclude: ['**/c'] }), ['a/b/one.js']);

fs.cpSync(at('a'), at('copy'), { recursive: true });
assert.ok(fs.existsSync(at('copy/b/one.js')) && fs.lstatSync(at('copy/link')).isSymbolicLink());
assert.throws(() => fs.cpSync(at('a'), at('a/b/inner'), { recursive: true }), { code: 'ERR_FS_CP_EINVAL' });

assert.throws(() => fs.rmSync(at('a')), { code: 'ERR_FS_EISDIR' });
fs.rmSync(at('a'), { recursive: true });
assert.ok(!fs.existsSync(at('a')) && fs.existsSync(at('outside/kept')));
assert.throws(() => fs.rmSync(at('a')), { code: 'ENOENT' });
fs.rmSync(at('a'), { force: true });

(async () => {
  const found = [];
  for await (const entry of await fs.promises.opendir(at('copy'), { recursive: true })) found.push(entry.name);
  assert.deepStrictEqual(found.sort(), ['b', 'c', 'link', 'one.js', 'two.js']);
  await fs.promises.rm(at('copy'), { recursive: true });
  assert.ok(!fs.existsSync(at('copy')));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
