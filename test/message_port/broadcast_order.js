// SPDX-License-Identifier: MIT
//
// What is broadcast arrives at all others of the name in order, and at none that is closed.
'use strict';

const assert = require('assert');

const a = new BroadcastChannel('order');
const b = new BroadcastChannel('order');
const c = new BroadcastChannel('order');
const other = new BroadcastChannel('order\0');
const seen = { b: [], c: [] };
other.onmessage = a.onmessage = () => assert.fail('not for this one');
b.onmessage = ({ data }) => {
  seen.b.push(data);
  if (data === 2) b.close();
};
c.onmessage = ({ data }) => {
  seen.c.push(data);
  if (data === 3) for (const channel of [a, c, other]) channel.close();
};
for (const n of [1, 2, 3]) a.postMessage(n);
process.on('exit', () => assert.deepStrictEqual(seen, { b: [1, 2], c: [1, 2, 3] }));
