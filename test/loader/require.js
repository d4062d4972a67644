// SPDX-License-Identifier: MIT
//
// require: cache, cycles, JSON, folders, exports and imports of packages, the require stack of a miss.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { scratch } = require('../helpers/run');

const root = scratch();
function write(name, text) {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}
write('a.js', "exports.early = 1; exports.b = require('./b').fromA; exports.done = true;");
write('b.js', "exports.fromA = require('./a').early + (require('./a').done === undefined ? 10 : 0);");
write('data.json', '\ufeff{"x": [1]}');
write('folder/index.js', 'module.exports = __dirname;');
write('node_modules/pack/package.json', JSON.stringify({
  name: 'pack',
  exports: { '.': { import: './no.js', require: './main.cjs' }, './deep/*': './lib/*.js', './private/*': null },
  imports: { '#inner': './lib/inner.js' },
}));
write('node_modules/pack/main.cjs', "module.exports = 'main ' + require('#inner') + ' ' + (typeof require('pack') === 'object');");
write('node_modules/pack/lib/inner.js', "module.exports = 'inner';");
const main = write('main.js', `
exports.a = require('./a');
exports.data = require('./data.json');
exports.folder = require('./folder');
exports.pack = require('pack');
exports.deep = require('pack/deep/inner');
exports.private = (() => { try { require('pack/private/x'); } catch (e) { return e.code; } })();
exports.missing = (() => { try { require('./nope'); } catch (e) { return [e.code, e.requireStack, e.message]; } })();
exports.resolve = require.resolve('./a');
exports.paths = require.resolve.paths('pack')[0];
exports.children = module.children.map((m) => require('path').basename(m.filename));
exports.cached = require.cache[exports.resolve].exports === exports.a;
`);
const result = require(main);
assert.deepStrictEqual(result.a, { early: 1, b: 11, done: true });
assert.deepStrictEqual(result.data, { x: [1] });
assert.strictEqual(result.folder, path.join(root, 'folder'));
assert.strictEqual(result.pack, 'main inner true');
assert.strictEqual(result.deep, 'inner');
assert.strictEqual(result.private, 'ERR_PACKAGE_PATH_NOT_EXPORTED');
assert.strictEqual(result.missing[0], 'MODULE_NOT_FOUND');
assert.deepStrictEqual(result.missing[1], [main, __filename]);
assert.match(result.missing[2], /^Cannot find module '\.\/nope'\nRequire stack:\n- /);
assert.strictEqual(result.resolve, path.join(root, 'a.js'));
assert.strictEqual(result.paths, path.join(root, 'node_modules'));
assert.deepStrictEqual(result.children, ['a.js', 'data.json', 'index.js', 'main.cjs', 'inner.js']);
assert.strictEqual(result.cached, true);
