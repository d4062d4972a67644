// SPDX-License-Identifier: MIT
//
// Assembles small WebAssembly binaries, for tests.
'use strict';

const bytes = (text) => [...Buffer.from(text)];
const string = (text) => [bytes(text).length, ...bytes(text)];
const vector = (items) => [items.length, ...items.flat()];
const section = (id, body) => [id, body.length, ...body];

const I32 = 0x7f;
const KINDS = { function: 0, global: 3 };

// types: [[parameters, results]]; imports: [module, name, kind, type index | [value type, mutable]]; functions: [type index, code];
// globals: [value]; exports: [name, kind, index]; start: function index.
function binary({ types = [], imports = [], functions = [], globals = [], exports = [], start }) {
  const parts = [
    section(1, vector(types.map(([parameters, results]) => [0x60, ...vector(parameters), ...vector(results)]))),
    section(2, vector(imports.map(([module, name, kind, type]) => [...string(module), ...string(name), KINDS[kind], ...[type].flat()]))),
    section(3, vector(functions.map(([type]) => type))),
    section(6, vector(globals.map((value) => [I32, 0, 0x41, value, 0x0b]))),
    section(7, vector(exports.map(([name, kind, index]) => [...string(name), KINDS[kind], index]))),
    start === undefined ? [] : section(8, [start]),
    section(10, vector(functions.map(([, code]) => [code.length + 2, 0, ...code, 0x0b]))),
  ];
  return Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...parts.flat()]);
}

// (a, b) => a + b
const adder = { types: [[[I32, I32], [I32]]], functions: [[0, [0x20, 0, 0x20, 1, 0x6a]]], exports: [['add', 'function', 0]] };

module.exports = { I32, adder, binary };
