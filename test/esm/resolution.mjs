// SPDX-License-Identifier: MIT
//
// What specifiers resolve to, and how those that resolve to nothing are refused.
import assert from 'node:assert';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'lode-test-'));
const write = (name, text) => {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), text);
};
write('node_modules/pkg/package.json', JSON.stringify({
  name: 'pkg',
  type: 'module',
  exports: { '.': { import: './main.js', require: './main.cjs' }, './features/*': './src/*.js', './features/private-*': null, './bad': '../x.js' },
  imports: { '#inner': './src/a.js' },
}));
write('node_modules/pkg/main.js', 'export { default as inner } from "#inner"; export * as self from "pkg/features/a";');
write('node_modules/pkg/src/a.js', 'export default "a";');
write('node_modules/old/package.json', '{ "main": "./lib.js" }');
write('node_modules/old/lib.js', 'exports.old = true;');
write('with space#.mjs', 'export default import.meta.url;');
write('main.mjs', 'export const load = (specifier) => import(specifier); export { resolve }; const { resolve } = import.meta;');
fs.symlinkSync(path.join(root, 'main.mjs'), path.join(root, 'link.mjs'));

try {
  const { load, resolve } = await import(pathToFileURL(path.join(root, 'main.mjs')));
  const url = (name) => pathToFileURL(path.join(root, name)).href;
  assert.strictEqual(resolve('pkg'), url('node_modules/pkg/main.js'));
  assert.strictEqual(resolve('pkg/features/a'), url('node_modules/pkg/src/a.js'));
  assert.strictEqual(resolve('old'), url('node_modules/old/lib.js'));
  assert.strictEqual(resolve('./nothing.mjs'), url('nothing.mjs'));
  assert.strictEqual(resolve('fs'), 'node:fs');
  const { inner, self } = await load('pkg');
  assert.deepStrictEqual([inner, self.default], ['a', 'a']);
  assert.strictEqual((await load('./with%20space%23.mjs?query')).default, `${url('with space#.mjs')}?query`);
  assert.strictEqual((await load('./link.mjs')).load, load);
  assert.notStrictEqual((await load('./main.mjs?again')).load, load);
  const refused = {
    'pkg/missing': 'ERR_PACKAGE_PATH_NOT_EXPORTED',
    'pkg/features/private-x': 'ERR_PACKAGE_PATH_NOT_EXPORTED',
    'pkg/bad': 'ERR_INVALID_PACKAGE_TARGET',
    '#nothing': 'ERR_PACKAGE_IMPORT_NOT_DEFINED',
    'nothing': 'ERR_MODULE_NOT_FOUND',
    './main': 'ERR_MODULE_NOT_FOUND',
    './node_modules': 'ERR_UNSUPPORTED_DIR_IMPORT',
    './a%2fb.mjs': 'ERR_INVALID_MODULE_SPECIFIER',
    '@scope': 'ERR_INVALID_MODULE_SPECIFIER',
    'node:nothing': 'ERR_UNKNOWN_BUILTIN_MODULE',
    'http://localhost/x.mjs': 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
    'data:text/javascript,import "./x"': 'ERR_UNSUPPORTED_RESOLVE_REQUEST',
  };
  for (const [specifier, code] of Object.entries(refused)) await assert.rejects(load(specifier), { code }, specifier);
} finally {
  fs.rmSync(root, { recursive: true });
}
