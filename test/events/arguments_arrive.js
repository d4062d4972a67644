// SPDX-License-Identifier: MIT
//
// emit() hands over exactly the arguments that it got, however many.
'use strict';

const assert = require('assert');
const EventEmitter = require('events');

for (const listeners of [1, 2]) {
  const emitter = new EventEmitter();
  let seen;
  for (let i = 0; i < listeners; i++) {
    emitter.on('x', function() {
      assert.strictEqual(this, emitter);
      seen = [...arguments];
    });
  }
  for (let n = 0; n < 9; n++) {
    const args = Array.from({ length: n }, (_, i) => i);
    assert.strictEqual(emitter.emit('x', ...args), true);
    assert.deepStrictEqual(seen, args);
  }
}
assert.strictEqual(new EventEmitter().emit('nobody', 1), false);
