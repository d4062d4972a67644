// SPDX-License-Identifier: MIT
//
// Coded errors: class, name, code, message, first line of the stack, and the caller as the first frame.
'use strict';

const assert = require('assert');
const path = require('path');
const fs = require('fs');

function caught(fn) {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('did not throw');
}

const type = caught(() => path.join({}));
assert.ok(type instanceof TypeError);
assert.strictEqual(type.name, 'TypeError');
assert.strictEqual(type.constructor, TypeError);
assert.strictEqual(type.code, 'ERR_INVALID_ARG_TYPE');
assert.strictEqual(type.message, 'The "path" argument must be of type string. Received an instance of Object');
assert.strictEqual(type.stack.split('\n')[0], `TypeError [ERR_INVALID_ARG_TYPE]: ${type.message}`);
assert.strictEqual(String(type), type.stack.split('\n')[0]);
assert.deepStrictEqual(Object.keys(type), ['code']);

assert.match(caught(() => Buffer.alloc(8).readInt8(12345678901)).message, /Received 12_345_678_901$/);
const system = caught(() => fs.readFileSync('/no/such/file'));
assert.strictEqual(system.message, "ENOENT: no such file or directory, open '/no/such/file'");
assert.deepStrictEqual({ ...system }, { errno: -2, code: 'ENOENT', syscall: 'open', path: '/no/such/file' });

const dom = new DOMException('gone', 'AbortError');
assert.strictEqual(dom.code, 20);
assert.strictEqual(dom.stack.split('\n')[0], 'AbortError: gone');
assert.ok(dom instanceof Error);
