// SPDX-License-Identifier: MIT
//
// SharedArrayBuffers in several engines of one process: real ones, of the engine's own, over the same memory.
// So Atomics.wait and notify work between them, and growing one shows in all.
#ifndef LODE_ENGINE_SHARED_MEMORY_H
#define LODE_ENGINE_SHARED_MEMORY_H

#include "runtime/engine/engine.h"

// A counted hold on the memory of a SharedArrayBuffer; usable from any thread.
typedef struct js_shared js_shared;

// Whether the engine is laid out as thought: asks it once per process, with two buffers that nobody else
// knows, the first of 24 bytes, the second empty. False: the functions below must not be used.
bool js_shared_supported(js_ctx ctx, js_val sample, js_val empty);
// NULL: v is no SharedArrayBuffer.
js_shared *js_shared_new(js_ctx ctx, js_val v);
void js_shared_hold(js_shared *shared);
void js_shared_release(js_shared *shared);
// Makes `empty`, a new SharedArrayBuffer of no bytes that has no views yet, one over that memory.
void js_shared_open(js_shared *shared, js_val empty);
// Memory that C has asked for once is locked: the engine refuses to move it to another buffer, for good.
// Unlocks that of an ArrayBuffer; true where it was locked. Who does so keeps the memory alive for as long as
// the old buffer lives, in case work in C still goes on in it.
bool js_arraybuffer_unlock(js_ctx ctx, js_val buffer);
size_t js_shared_size(const js_shared *shared);

#endif
