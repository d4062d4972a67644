// SPDX-License-Identifier: MIT
//
// Columns in stacks are V8's: the called name or its `new`, not the parenthesis behind it; a getter's name, not its dot.
'use strict';

const assert = require('assert');

const thrower = { get property() { throw new Error('g'); }, method() { throw Error('m'); }, tag() { throw new Error('t'); } };

// The text at the places where the two innermost frames stand, on their lines of this file.
const lines = require('fs').readFileSync(__filename, 'utf8').split('\n');
function places(run) {
  try {
    run();
  } catch (error) {
    return error.stack.split('\n').slice(1, 3).map((line) => {
      const [, number, column] = /:(\d+):(\d+)\)?$/.exec(line);
      return lines[number - 1].slice(column - 1, +column + 5);
    });
  }
  return [];
}

assert.deepStrictEqual(places(() => { thrower.method(); }), ['Error(', 'method']);
assert.deepStrictEqual(places(() => { thrower . method  (); }), ['Error(', 'method']);
assert.deepStrictEqual(places(() => { thrower?.method(); }), ['Error(', 'method']);
assert.deepStrictEqual(places(() => { thrower['method'](); }), ['Error(', '(); })']);
assert.deepStrictEqual(places(() => { thrower.tag`text`; }), ['new Er', '`text`']);
assert.deepStrictEqual(places(() => { thrower.property; }), ['new Er', 'proper']);
class Failing { constructor() { throw new TypeError('c'); } }
const space = { Failing };
assert.deepStrictEqual(places(() => { new space.Failing(); }), ['new Ty', 'new sp']);
