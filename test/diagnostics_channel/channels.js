// SPDX-License-Identifier: MIT
// Channels deliver to whoever listens at that moment; tracing channels report the life of a call.
'use strict';

const assert = require('assert');
const dc = require('diagnostics_channel');

const seen = [];
const listener = (message, name) => seen.push(`${name}:${message}`);
dc.subscribe('t', listener);
dc.channel('t').publish(1);
assert(dc.hasSubscribers('t'));
assert(dc.unsubscribe('t', listener));
dc.channel('t').publish(2);
assert.deepStrictEqual(seen, ['t:1']);

const events = [];
const tracing = dc.tracingChannel('call');
tracing.subscribe({
  start: () => events.push('start'),
  end: () => events.push('end'),
  error: () => events.push('error'),
});
assert.strictEqual(tracing.traceSync((n) => n * 2, {}, null, 2), 4);
assert.throws(() => tracing.traceSync(() => { throw new Error('x'); }), /x/);
assert.deepStrictEqual(events, ['start', 'end', 'start', 'error', 'end']);
