// SPDX-License-Identifier: MIT
//
// Things that clones share as long as they stay in the thread of their original: a token travels with a copy of the
// thing; where the token is of this thread and the thing still there, the clone takes the thing itself.
'use strict';

const here = String(binding('ports').unique);
const tokens = new WeakMap(); // thing -> token
const things = new Map(); // number -> WeakRef
const gone = new FinalizationRegistry((number) => things.delete(number));
let last = 0;

function tokenOf(thing) {
  const known = tokens.get(thing);
  if (known !== undefined) return known;
  const number = ++last;
  const token = `${here}.${number}`;
  tokens.set(thing, token);
  things.set(number, new WeakRef(thing));
  gone.register(thing, number);
  return token;
}

function find(token) {
  if (!token.startsWith(`${here}.`)) return undefined;
  return things.get(Number(token.slice(here.length + 1)))?.deref();
}

module.exports = { tokenOf, find };
