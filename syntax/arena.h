// SPDX-License-Identifier: MIT
//
// A bump allocator: memory that goes all at once.
#ifndef LODE_SYNTAX_ARENA_H
#define LODE_SYNTAX_ARENA_H

#include "base/base.h"

typedef struct arena_block arena_block;
typedef struct arena {
  arena_block *blocks;
  char *at, *end;
} arena;

void *arena_alloc_slow(arena *a, size_t bytes);

// Uninitialized memory, aligned for pointers.
static inline void *arena_alloc(arena *a, size_t bytes) {
  bytes = (bytes + 7) & ~(size_t)7;
  if (LODE_LIKELY(bytes <= (size_t)(a->end - a->at))) {
    void *result = a->at;
    a->at += bytes;
    return result;
  }
  return arena_alloc_slow(a, bytes);
}

// Makes room for one more in an array of `count` elements that lives in the arena; returns the (moved) array.
void *arena_grow(arena *a, void *array, uint32_t count, uint32_t *capacity, size_t element);
#define ARENA_PUSH(a, array, count, capacity)                                                                \
  (LODE_UNLIKELY((count) == (capacity))                                                                      \
       ? (void)((array) = arena_grow(a, array, count, &(capacity), sizeof *(array)))                         \
       : (void)0,                                                                                            \
   &(array)[(count)++])

void arena_free(arena *a);

#endif
