// SPDX-License-Identifier: MIT
//
// Texts that a context's code evaluates itself (direct and indirect eval, Function) see and make the context's names.
'use strict';

const assert = require('assert');
const vm = require('vm');

const object = { x: 1 };
const context = vm.createContext(object);
const run = (code) => vm.runInContext(code, context);

assert.strictEqual(run('eval("var a = x + 1; a")'), 2);
assert.strictEqual(object.a, 2);
assert.strictEqual(run('(function () { eval("var local = 5; function inner() {}"); return local })()'), 5);
assert.ok(!('local' in object) && !('inner' in object));
run('eval("function made() { return x }")');
assert.strictEqual(object.made(), 1);

assert.strictEqual(run('(0, eval)("var b = x + 2; b")'), 3);
assert.strictEqual(object.b, 3);
assert.strictEqual(run('const e = eval; e("typeof missing + x")'), 'undefined1');
assert.strictEqual(run('globalThis.eval("c = 4")'), 4);
assert.strictEqual(object.c, 4);
assert.strictEqual(run('eval === globalThis.eval'), true);
assert.strictEqual(run('typeof eval + eval.name + eval.length'), 'functioneval1');

assert.strictEqual(run('new Function("p", "return typeof missing + x + p")(9)'), 'undefined19');
assert.strictEqual(run('Function("return this")() === globalThis'), true);
run('Function("d = 6")()');
assert.strictEqual(object.d, 6);
assert.strictEqual(run('(function () {}).constructor === Function && Function("") instanceof Function'), true);

// Where strings may not become code.
const closed = vm.createContext({}, { codeGeneration: { strings: false } });
for (const code of ['eval("1")', 'Function("1")', '(0, eval)("1")']) {
  assert.throws(() => vm.runInContext(code, closed), vm.runInContext('EvalError', closed), code);
}
const noWasm = vm.createContext({ bytes: new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]) }, { codeGeneration: { wasm: false } });
assert.throws(() => vm.runInContext('new WebAssembly.Module(bytes)', noWasm), { name: 'CompileError' });
