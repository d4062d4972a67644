// SPDX-License-Identifier: MIT
//
// SharedArrayBuffers in messages. The one that arrives is another object over the same memory.
'use strict';

const native = binding('ports');
const { SharedArrayBuffer } = globalThis;

let known;

// Whether this build of the engine lets itself be asked to share (runtime/engine/shared_memory.c).
function supported() {
  return (known ??= native.sharing(new SharedArrayBuffer(24), new SharedArrayBuffer(0)));
}

function open(number) {
  const buffer = new SharedArrayBuffer(0);
  native.shared(number, buffer);
  return buffer;
}

module.exports = { supported, open };
