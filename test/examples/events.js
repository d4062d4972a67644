// SPDX-License-Identifier: MIT
//
// The EventEmitter example: once, several listeners, the error event, names.
'use strict';

const assert = require('assert');
const { example, run } = require('../helpers/program');

run(example('events.js')).then(({ code, stdout, stderr }) => {
  assert.strictEqual(stderr, '');
  assert.strictEqual(stdout, [
    'first measurement', '20 degrees', '25 degrees', 'too hot by 3', '21 degrees', 'NaN degrees',
    'error: the sensor is broken', 'listeners: measured, too hot, error', '',
  ].join('\n'));
  assert.strictEqual(code, 0);
});
