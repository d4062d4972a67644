// SPDX-License-Identifier: MIT
//
// events.once() is content with an object that has on() and once() only, as wrappers of workers do.
'use strict';

const assert = require('assert');
const { EventEmitter, once } = require('events');

const inner = new EventEmitter();
const wrapper = { on: (name, listener) => inner.on(name, listener), once: (name, listener) => inner.once(name, listener) };

once(wrapper, 'exit').then((values) => assert.deepStrictEqual(values, [0, 'x']));
inner.emit('exit', 0, 'x');
process.on('exit', () => assert.strictEqual(inner.listenerCount('exit'), 0));
