// SPDX-License-Identifier: MIT
// Query strings survive parsing and stringifying; what cannot be decoded stays readable.
'use strict';

const assert = require('assert');
const qs = require('querystring');

assert.deepStrictEqual({ ...qs.parse('a=1&b=%20x+y&a=2&c&=d') }, { 'a': ['1', '2'], 'b': ' x y', 'c': '', '': 'd' });
assert.strictEqual(qs.stringify({ a: [1, 'x y'], b: true, c: null, d: '\u00e9' }), 'a=1&a=x%20y&b=true&c=&d=%C3%A9');
assert.deepStrictEqual({ ...qs.parse('a%ZZ=%41') }, { 'a%ZZ': 'A' });
assert.deepStrictEqual({ ...qs.parse('a:1;b:2', ';', ':', { maxKeys: 1 }) }, { a: '1' });
assert.strictEqual(qs.escape('\u20ac'), '%E2%82%AC');
assert.throws(() => qs.escape('\ud800'), { code: 'ERR_INVALID_URI' });
