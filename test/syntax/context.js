// SPDX-License-Identifier: MIT
//
// Texts for a context of node:vm: which names they declare and use, and what is written differently in them.
'use strict';

const assert = require('assert');
const { parseTexts } = require('../helpers/syntax');

const READ = 1;
const WRITTEN = 2;
const STRICT = 4;

function check(cases) {
  const results = parseTexts(cases.map(([text, , goal = 'script']) => [goal, text]), ['--context', '--code']);
  cases.forEach(([text, expected], i) => {
    const result = results[i];
    assert.strictEqual(result.error, undefined, text);
    for (const key of Object.keys(expected)) assert.deepStrictEqual(result[key], expected[key], `${key} of ${text}`);
  });
}

const prelude = (...names) => `;var $lodeU=$lodeX.f(${names.map((name) => `"${name}",$lode$${name}`).join(',')});`;

check([
  // Declarations.
  ['var a = 1, { b, c: [d] } = a; for (var e of f); { var g }', { vars: ['a', 'b', 'd', 'e', 'g'], functions: [], free: { f: READ } }],
  ['let a; const b = 1; class C {}', { vars: [], functions: [], free: {} }],
  ['function f(a) { var b; return a + b + c }', { vars: [], functions: ['f'], free: { c: READ }, code: `${prelude('f')}function $lode$f(a) { var b; return a + b + c }` }],
  ['"use strict"\nfunction f() {} async function* g() {}', { functions: ['f', 'g'], code: `"use strict"${prelude('f', 'g')}\nfunction $lode$f() {} async function* $lode$g() {}` }],
  ['var f; function f() {} var f', { vars: [], functions: ['f'] }],
  ['if (x) { function g() {} }', { vars: [], functions: [], free: { x: READ, g: WRITTEN } }],
  ['#!/bin/x\nfunction f() {}', { functions: ['f'], code: `///bin/x\n${prelude('f')}function $lode$f() {}` }],
  // Uses.
  ['a; b = 1; c += 1; d++; [e] = f; ({ g, h: i } = j)', { free: { a: READ, b: WRITTEN, c: WRITTEN, d: WRITTEN, e: WRITTEN, f: READ, g: WRITTEN, i: WRITTEN, j: READ } }],
  ['"use strict"; a = 1', { free: { a: STRICT } }],
  ['a = 1; (function () { "use strict"; a = 2; return a })', { free: { a: READ | WRITTEN | STRICT } }],
  ['(function (a, b = c) { let d; return () => [a, b, d, e, arguments] })', { free: { c: READ, e: READ } }],
  ['try {} catch (a) { a; b } (class C { #p = C; m() { return d } })', { free: { b: READ, d: READ } }],
  // What is written differently.
  ['typeof a; typeof b.c; let d; typeof d', { code: 'typeof $lodeX.t($lodeX.q=1,a); typeof b.c; let d; typeof d' }],
  ['delete a; delete a.b; (function (c) { delete c })', { code: '$lodeX.d(delete a,"a"); delete a.b; (function (c) { $lodeX.d(delete c,"c") })' }],
  ['eval("x"); (0, eval)("x"); let e = eval; ({ eval }); eval?.("x"); typeof eval', {
    code: 'eval($lodeX.e("x")); (0, $lodeX.v)("x"); let e = $lodeX.v; ({ eval:$lodeX.v }); (0,$lodeX.v)?.("x"); typeof eval',
  }],
  ['import("x")', { code: '$lodeX.i("x","file:///referrer.js")' }],
  // The text of a direct eval: its functions may be those of a function around.
  ['var a; function f() {} b', { vars: ['a'], functions: ['f'], free: { b: READ }, code: 'var a; function f() {} b' }, 'eval'],
  // Modules declare nothing there.
  ['import x from "x"; var a; export default function f() { return x + a + b }', { vars: undefined, free: { b: READ } }, 'module'],
]);
