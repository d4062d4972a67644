// SPDX-License-Identifier: MIT
//
// process.moduleLoadList names the built-in modules that were loaded.
'use strict';

const assert = require('assert');

const name = 'NativeModule punycode';
assert.ok(process.moduleLoadList.includes('NativeModule assert'));
assert.ok(!process.moduleLoadList.includes(name));
process.noDeprecation = true;
require('punycode');
assert.ok(process.moduleLoadList.includes(name));
