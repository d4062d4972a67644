// SPDX-License-Identifier: MIT
//
// Sharing memory between engines; see shared_memory.h.
//
// What the engine knows as the contents of a buffer is seven words within an object that the buffer's cell
// points to; for a SharedArrayBuffer one of them counts the holders of the memory, atomically, whichever
// engine they live in. The library exports the function with which the engine itself makes one buffer's
// contents those of another. It gives up what the other held before, so contents of nothing, shared into
// some, release them. That is all it takes: to hold memory while a message is under way is to share it into
// contents of our own; to open it in another engine, to share these into the contents of a new and empty
// SharedArrayBuffer there.
//
// The places of these words are not promised: they are compared with buffers of known size and address first.
#include "runtime/engine/shared_memory.h"
#include "runtime/engine/jsc_private.h"
#include "runtime/engine/peek.h"

#include <stdatomic.h>
#include <stdlib.h>

// JSC::ArrayBufferContents
struct contents {
  void *data;
  void *destructor;
  atomic_uint *shared; // the count of holders, at the start of an object of the engine's
  void *handle;
  uint64_t size;
  uint64_t most;
  uint8_t has_most;
};

// JSC::ArrayBuffer, as far as needed.
struct buffer {
  uint64_t head[2];
  struct contents contents;
  uint64_t watchpoints, wrapper;
  uint32_t pins;
  uint8_t wasm, locked;
};

struct js_shared {
  atomic_uint holders;
  struct contents contents;
};

// JSC::ArrayBufferContents::shareWith(ArrayBufferContents &other)
extern void jsc_contents_share_with(struct contents *self, struct contents *other) __asm__(
    "_ZN3JSC19ArrayBufferContents9shareWithERS0_") __attribute__((weak));

static struct buffer *buffer_of(js_val cell) { return (struct buffer *)((void **)(uintptr_t)cell)[2]; }

static void release_contents(struct contents *contents) {
  struct contents nothing = {0};
  jsc_contents_share_with(&nothing, contents);
}

// ---- The check ----

static bool looks_right(js_ctx ctx, js_val sample, size_t size) {
  if (!js_is_cell(sample) || !engine_readable((void *)sample, 24)) return false;
  struct buffer *buffer = buffer_of(sample);
  if ((uintptr_t)buffer % 8 || !engine_readable(buffer, sizeof *buffer)) return false;
  struct contents *contents = &buffer->contents;
  uint8_t *data;
  size_t length;
  if (!js_bytes(ctx, sample, &data, &length) || length != size) return false;
  return contents->data == data && contents->size == size && !contents->has_most &&
         engine_readable(contents->shared, 4) && *contents->shared == 1;
}

static bool check(js_ctx ctx, js_val sample, js_val empty) {
#if !defined(__x86_64__) && !defined(__aarch64__)
  return false;
#endif
  if (!jsc_contents_share_with || !looks_right(ctx, sample, 24)) return false;
  struct contents *contents = &buffer_of(sample)->contents, copy = {0};
  jsc_contents_share_with(contents, &copy);
  if (copy.data != contents->data || copy.size != 24 || *contents->shared != 2) return false;
  js_val error = NULL;
  if (JSObjectGetArrayBufferByteLength(ctx, js_as_object(empty), &error) != 0 || error) return false;
  jsc_contents_share_with(&copy, &buffer_of(empty)->contents);
  bool counted = *contents->shared == 3;
  release_contents(&copy);
  return counted && *contents->shared == 2 &&
         JSObjectGetArrayBufferByteLength(ctx, js_as_object(empty), NULL) == 24 &&
         JSObjectGetArrayBufferBytesPtr(ctx, js_as_object(empty), NULL) == contents->data;
}

bool js_shared_supported(js_ctx ctx, js_val sample, js_val empty) {
  enum { UNKNOWN, YES, NO };
  static atomic_int known; // of the library, so the same for all engines
  if (known == UNKNOWN) known = check(ctx, sample, empty) ? YES : NO;
  return known == YES;
}

// ---- Operations ----

js_shared *js_shared_new(js_ctx ctx, js_val v) {
  uint8_t *data;
  size_t length;
  if (!js_bytes(ctx, v, &data, &length) ||
      JSValueGetTypedArrayType(ctx, v, NULL) != kJSTypedArrayTypeArrayBuffer)
    return NULL;
  struct contents *contents = &buffer_of(v)->contents;
  if (!contents->shared) return NULL;
  js_shared *shared = lode_zalloc(sizeof *shared);
  atomic_init(&shared->holders, 1);
  jsc_contents_share_with(contents, &shared->contents);
  return shared;
}

void js_shared_hold(js_shared *shared) {
  atomic_fetch_add_explicit(&shared->holders, 1, memory_order_relaxed);
}

void js_shared_release(js_shared *shared) {
  if (atomic_fetch_sub_explicit(&shared->holders, 1, memory_order_acq_rel) != 1) return;
  release_contents(&shared->contents);
  free(shared);
}

void js_shared_open(js_shared *shared, js_val empty) {
  struct contents *contents = &buffer_of(empty)->contents;
  CHECK(contents->shared);
  jsc_contents_share_with(&shared->contents, contents);
}

// ---- Locked memory ----

// Where the lock is, is found by locking a new buffer.
static bool check_lock(js_ctx ctx) {
  js_obj sample = js_arraybuffer_take(ctx, lode_zalloc(8), 8);
  struct buffer *buffer = buffer_of(sample);
  if (!engine_readable((void *)sample, 24) || !engine_readable(buffer, sizeof *buffer)) return false;
  bool before = buffer->contents.size == 8 && !buffer->pins && !buffer->wasm && !buffer->locked;
  void *data = JSObjectGetArrayBufferBytesPtr(ctx, sample, NULL);
  return before && data == buffer->contents.data && !buffer->pins && !buffer->wasm && buffer->locked == 1;
}

bool js_arraybuffer_unlock(js_ctx ctx, js_val value) {
  enum { UNKNOWN, YES, NO };
  static atomic_int known;
  if (known == UNKNOWN) known = check_lock(ctx) ? YES : NO;
  if (known == NO) return false;
  struct buffer *buffer = buffer_of(value);
  if (!buffer->locked || buffer->wasm || buffer->pins) return false;
  buffer->locked = 0;
  return true;
}

size_t js_shared_size(const js_shared *shared) { return shared->contents.size; }
