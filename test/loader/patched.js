// SPDX-License-Identifier: MIT
//
// Libraries that replace Module._load, _resolveFilename, prototype.require or an extension are obeyed.
'use strict';

const assert = require('assert');
const Module = require('module');

const load = Module._load;
Module._load = function(request, ...rest) {
  return request === 'made-up' ? { madeUp: true } : load.call(this, request, ...rest);
};
assert.deepStrictEqual(require('made-up'), { madeUp: true });
Module._load = load;

const resolve = Module._resolveFilename;
Module._resolveFilename = function(request, ...rest) {
  return resolve.call(this, request === 'alias' ? 'path' : request, ...rest);
};
assert.strictEqual(require('alias'), require('path'));
Module._resolveFilename = resolve;

const seen = [];
const original = Module.prototype.require;
Module.prototype.require = function(id) {
  seen.push(id);
  return original.call(this, id);
};
require('os');
Module.prototype.require = original;
assert.deepStrictEqual(seen, ['os']);

require.extensions['.made'] = (module, filename) => { module.exports = filename.length; };
const file = require('path').join(require('../helpers/run').scratch(), 'x.made');
require('fs').writeFileSync(file, '');
assert.strictEqual(require(file), file.length);
