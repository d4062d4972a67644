// SPDX-License-Identifier: MIT
//
// Memory for parcels. They are made by one thread and freed by another, mostly in the order in which they
// were made, which costs a general allocator a lock and the kernel's attention. So each environment carves
// its parcels out of blocks, one behind the other; a block counts what lives in it, and whoever frees the
// last gives it back.
#ifndef LODE_PARCEL_POOL_H
#define LODE_PARCEL_POOL_H

#include <stddef.h>

// Of an environment: the block that it carves from. Zeroed at first.
typedef struct lode_parcel_pool {
  struct pool_block *block;
} lode_parcel_pool;

void *lode_pool_alloc(lode_parcel_pool *pool, size_t size); // aligned to 16; pool may be NULL
void lode_pool_free(void *memory);                          // on any thread
void lode_pool_end(lode_parcel_pool *pool);

#endif
