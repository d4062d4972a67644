// SPDX-License-Identifier: MIT
//
// A Console prints to the streams it was given: groups, counts, tables, assertions, times.
'use strict';

const assert = require('assert');
const { Console } = require('console');

let out = '';
let err = '';
const sink = (add) => ({ write: add, once() {}, removeListener() {}, listenerCount: () => 0 });
const c = new Console({ stdout: sink((text) => { out += text; }), stderr: sink((text) => { err += text; }) });

c.log('a', 1, { b: [2] });
c.log('%s is %d', 'x', 5, 'more');
c.group('outer');
c.info('two\nlines');
c.group();
c.warn('deep');
c.groupEnd();
c.groupEnd();
c.log('%', -0, 1n, Symbol('s'));
assert.strictEqual(out, "a 1 { b: [ 2 ] }\nx is 5 more\nouter\n  two\n  lines\n% -0 1n Symbol(s)\n");
assert.strictEqual(err, '    deep\n');

out = err = '';
c.count();
c.count('x');
c.count();
c.countReset();
c.count();
c.assert(false, 'told %s', 'you');
c.assert(true, 'never');
c.table([{ a: 1, b: 'x' }, { a: 2 }]);
c.time('t');
c.timeEnd('t');
assert.match(out, /^default: 1\nx: 1\ndefault: 2\ndefault: 1\n/);
assert.match(out, /\u2502 0 {7}\u2502 1 \u2502 'x' \u2502\n\u2502 1 {7}\u2502 2 \u2502 {5}\u2502/);
assert.match(out, /t: \d+(\.\d+)?ms\n$/);
assert.strictEqual(err, 'Assertion failed: told you\n');
assert.throws(() => new Console({}), { code: 'ERR_CONSOLE_WRITABLE_STREAM' });
