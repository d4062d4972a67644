// SPDX-License-Identifier: MIT
//
// Listeners added or removed while an event is emitted do not change who hears that event.
'use strict';

const assert = require('assert');
const EventEmitter = require('events');

for (const count of [2, 3, 31, 32, 33, 34, 100]) {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const heard = [];
  const listeners = [];
  for (let i = 0; i < count; i++) {
    const listener = () => {
      heard.push(i);
      emitter.removeListener('x', listener);
      emitter.on('x', added);
    };
    listeners.push(listener);
    emitter.on('x', listener);
  }
  function added() { heard.push('added'); }
  emitter.emit('x');
  assert.deepStrictEqual(heard, listeners.map((_, i) => i));
  assert.strictEqual(emitter.listenerCount('x'), count);
  heard.length = 0;
  emitter.emit('x');
  assert.strictEqual(heard.length, count);
  assert(heard.every((value) => value === 'added'));
}
