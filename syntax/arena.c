// SPDX-License-Identifier: MIT
#include "syntax/arena.h"

#include <stdlib.h>

struct arena_block {
  arena_block *next;
  size_t size;
  char bytes[];
};

#define FIRST_BLOCK 16384
#define LARGEST_BLOCK (1u << 22)

void *arena_alloc_slow(arena *a, size_t bytes) {
  size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
  if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
  if (size < bytes) size = bytes;
  arena_block *block = lode_alloc(sizeof *block + size);
  block->next = a->blocks;
  block->size = size;
  a->blocks = block;
  a->at = block->bytes + bytes;
  a->end = block->bytes + size;
  return block->bytes;
}

void *arena_grow(arena *a, void *array, uint32_t count, uint32_t *capacity, size_t element) {
  uint32_t wanted = *capacity ? *capacity * 2 : 16;
  char *grown = arena_alloc(a, (size_t)wanted * element);
  if (count) memcpy(grown, array, (size_t)count * element);
  *capacity = wanted;
  return grown;
}

void arena_free(arena *a) {
  for (arena_block *block = a->blocks, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  memset(a, 0, sizeof *a);
}
