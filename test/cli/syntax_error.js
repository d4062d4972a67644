// SPDX-License-Identifier: MIT
//
// A syntax error shows the file, the line, the source and a caret under the offending token.
'use strict';

const assert = require('assert');
const { program } = require('../helpers/run');

const result = program('const good = 1;\n\nlet bad = ;\n');
assert.strictEqual(result.status, 1);
const lines = result.stderr.split('\n');
assert.strictEqual(lines[0], `${result.file}:3`);
assert.strictEqual(lines[1], 'let bad = ;');
assert.strictEqual(lines[2], '          ^');
assert.match(result.stderr, /SyntaxError: Unexpected token ';'/);
assert.match(result.stderr, /\nNode\.js v25\.8\.1\n$/);
