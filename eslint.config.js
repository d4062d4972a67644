// SPDX-License-Identifier: MIT
//
// A small set of rules: mistakes first, and the few habits of style that a formatter would not settle.
'use strict';

const js = require('@eslint/js');

const runtimeGlobals = ['AbortController', 'AbortSignal', 'Blob', 'Buffer', 'DOMException', 'Event', 'EventTarget', 'TextDecoder',
  'TextEncoder', 'URL', 'URLSearchParams', 'clearImmediate', 'clearInterval', 'clearTimeout', 'console', 'crypto', 'fetch',
  'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout', 'structuredClone', 'WebAssembly', 'process',
  'ByteLengthQueuingStrategy', 'CountQueuingStrategy', 'ReadableStream', 'TransformStream', 'WritableStream', 'CustomEvent', 'File',
  'MessageChannel', 'BroadcastChannel', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'navigator', 'gc', 'global', '__filename', '__dirname'];

const readonly = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

module.exports = [
  { ignores: ['build*/**', 'node_modules/**', 'test/fixtures/**', 'test/programs/fixtures/**', 'test/node/**', 'bench/corpus/**'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { ecmaVersion: 2025, sourceType: 'module', globals: readonly(runtimeGlobals) },
    rules: { 'no-import-assign': 'off', 'no-unused-vars': ['error', { args: 'none', caughtErrors: 'none' }] },
  },
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2025, sourceType: 'commonjs', globals: readonly(runtimeGlobals) },
    linterOptions: { reportUnusedDisableDirectives: true },
    rules: {
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      'no-control-regex': 'off',
      'no-empty': ['error', { allowEmptyCatch: true }],
      'no-misleading-character-class': 'off',
      'no-self-compare': 'off',
      'no-sparse-arrays': 'off',
      'no-unused-vars': ['error', { args: 'none', caughtErrors: 'none' }],
      'no-useless-assignment': 'off',
      'no-var': 'error',
      'prefer-const': ['error', { destructuring: 'all', ignoreReadBeforeAssign: true }],
      'strict': ['error', 'global'],
    },
  },
  {
    // Embedded halves: wrapped in a function with these parameters, and evaluated before most globals exist.
    files: ['modules/**/*.js', 'web/**/*.js', 'runtime/**/*.js'],
    languageOptions: { globals: { ...readonly(['binding', 'exports', 'module', 'process', 'require']), $lode: 'writable' } },
  },
];
