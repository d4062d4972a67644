// SPDX-License-Identifier: MIT
//
// WebAssembly: the engine's own object, with two additions. What it does on other threads (compile, instantiate) keeps the program
// alive until it is done; and compileStreaming and instantiateStreaming take responses.
'use strict';

const { engineWebAssembly: WebAssembly } = require('runtime/env/globals');
const loop = binding('loop');

let pending = 0;

function begin() {
  if (pending++ === 0) loop.keepForEngine(true);
}

function end() {
  if (--pending === 0) loop.keepForEngine(false);
}

// The caller gets a promise of its own, so that a rejection that it does not handle is noticed.
function keepAlive(promise) {
  begin();
  return promise.then((value) => {
    end();
    return value;
  }, (error) => {
    end();
    throw error;
  });
}

function define(name, value) {
  Object.defineProperty(WebAssembly, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
}

function wrap(name) {
  const native = WebAssembly[name];
  const { [name]: wrapped } = { [name](bytes, ...rest) { return keepAlive(native.call(WebAssembly, bytes, ...rest)); } };
  define(name, wrapped);
}
wrap('compile');
wrap('instantiate');

// ---- Responses ----

function isResponse(value) {
  return typeof value === 'object' && value !== null && value[Symbol.toStringTag] === 'Response' && typeof value.arrayBuffer === 'function';
}

// https://webassembly.github.io/spec/web-api/#compile-a-potential-webassembly-response
async function bytesOf(source) {
  const { codes } = require('internal/errors');
  const response = await source;
  if (!isResponse(response)) throw new codes.ERR_INVALID_ARG_TYPE('source', ['Response', 'Promise resolving to Response'], response);
  const type = response.headers.get('Content-Type');
  if (type !== 'application/wasm') throw new codes.ERR_WEBASSEMBLY_RESPONSE(`has unsupported MIME type '${type}'`);
  if (!response.ok) throw new codes.ERR_WEBASSEMBLY_RESPONSE(`has status code ${response.status}`);
  if (response.bodyUsed) throw new codes.ERR_WEBASSEMBLY_RESPONSE('body has already been used');
  return response.arrayBuffer();
}

async function compileNamed(source, name) {
  const bytes = await bytesOf(source);
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) error.message = `WebAssembly.${name}(): ${error.message}`;
    throw error;
  }
}

define('compileStreaming', function compileStreaming(source) {
  return compileNamed(source, 'compileStreaming');
});
define('instantiateStreaming', async function instantiateStreaming(source, imports) {
  const module = await compileNamed(source, 'instantiateStreaming');
  return { module, instance: await WebAssembly.instantiate(module, imports) };
});

module.exports = { WebAssembly };
