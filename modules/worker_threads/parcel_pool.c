// SPDX-License-Identifier: MIT
//
// Blocks of memory for parcels; see parcel_pool.h.
//
// Blocks grow with the backlog: a few messages under way need 64 KB, a hundred megabytes are taken two at a
// time, which the kernel can give as one page. Some free ones are kept for the next backlog.
#include "modules/worker_threads/parcel_pool.h"
#include "base/base.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <uv.h>

#define KB 1024u
enum { SMALL_BLOCK = 64 * KB, MIDDLE_BLOCK = 256 * KB, LARGE_BLOCK = 2048 * KB };
enum { MOST_IN_BLOCK = 8 * KB, MOST_KEPT = 4096 * KB };

// At the start of each block.
struct pool_block {
  struct pool_block *next; // in the list of free ones
  size_t size, used;
  atomic_uint live; // what was carved and not freed, and one for the environment that carves
  uint32_t padding[3];
};

// Before each piece.
struct piece {
  struct pool_block *block; // NULL: from malloc
  uint64_t padding;
};

// Process-wide by nature: blocks are freed by other threads than those that take them.
static struct {
  uv_mutex_t lock;
  struct pool_block *free; // newest first
  size_t kept;             // bytes in there
} blocks;
static atomic_size_t in_use; // bytes of blocks that are not free
static uv_once_t once = UV_ONCE_INIT;
static void blocks_init(void) { CHECK(uv_mutex_init(&blocks.lock) == 0); }

static struct pool_block *take_free(size_t size) {
  uv_mutex_lock(&blocks.lock);
  struct pool_block **at = &blocks.free;
  while (*at && (*at)->size != size) at = &(*at)->next;
  struct pool_block *block = *at;
  if (block) {
    *at = block->next;
    blocks.kept -= block->size;
  }
  uv_mutex_unlock(&blocks.lock);
  return block;
}

static struct pool_block *map_block(size_t size) {
  void *memory = NULL;
  CHECK(posix_memalign(&memory, size == LARGE_BLOCK ? LARGE_BLOCK : 4096, size) == 0);
  if (size == LARGE_BLOCK) madvise(memory, size, MADV_HUGEPAGE);
  return memory;
}

static struct pool_block *block_new(void) {
  uv_once(&once, blocks_init);
  size_t backlog = atomic_load_explicit(&in_use, memory_order_relaxed);
  size_t size = backlog < 4 * SMALL_BLOCK     ? SMALL_BLOCK
                : backlog < 16 * MIDDLE_BLOCK ? MIDDLE_BLOCK
                                              : LARGE_BLOCK;
  struct pool_block *block = take_free(size);
  if (!block) block = map_block(size);
  atomic_fetch_add_explicit(&in_use, size, memory_order_relaxed);
  *block = (struct pool_block){.size = size, .used = sizeof *block};
  atomic_init(&block->live, 1);
  return block;
}

static void block_drop(struct pool_block *block) {
  if (atomic_fetch_sub_explicit(&block->live, 1, memory_order_acq_rel) != 1) return;
  atomic_fetch_sub_explicit(&in_use, block->size, memory_order_relaxed);
  uv_mutex_lock(&blocks.lock);
  bool keep = blocks.kept + block->size <= MOST_KEPT;
  if (keep) {
    block->next = blocks.free;
    blocks.free = block;
    blocks.kept += block->size;
  }
  uv_mutex_unlock(&blocks.lock);
  if (!keep) free(block);
}

void *lode_pool_alloc(lode_parcel_pool *pool, size_t size) {
  size_t needed = (sizeof(struct piece) + size + 15) & ~(size_t)15;
  struct piece *piece;
  if (!pool || needed > MOST_IN_BLOCK) {
    piece = lode_alloc(needed);
    piece->block = NULL;
    return piece + 1;
  }
  if (!pool->block || pool->block->used + needed > pool->block->size) {
    if (pool->block) block_drop(pool->block);
    pool->block = block_new();
  }
  piece = (struct piece *)((char *)pool->block + pool->block->used);
  pool->block->used += needed;
  atomic_fetch_add_explicit(&pool->block->live, 1, memory_order_relaxed);
  piece->block = pool->block;
  return piece + 1;
}

void lode_pool_free(void *memory) {
  struct piece *piece = (struct piece *)memory - 1;
  if (piece->block)
    block_drop(piece->block);
  else
    free(piece);
}

void lode_pool_end(lode_parcel_pool *pool) {
  if (pool->block) block_drop(pool->block);
  pool->block = NULL;
}
