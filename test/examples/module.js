// SPDX-License-Identifier: MIT
//
// A CommonJS module and its user.
'use strict';

const assert = require('assert');
const { example, run } = require('../helpers/program');

run(example('module/main.js')).then(({ code, stdout, stderr }) => {
  assert.strictEqual(stderr, '');
  assert.strictEqual(stdout, [
    'A circle of radius 4 has the area 50.265',
    'and the circumference 25.133.',
    'Its module exports { area: [Function (anonymous)], circumference: [Function (anonymous)] }',
    '',
  ].join('\n'));
  assert.strictEqual(code, 0);
});
