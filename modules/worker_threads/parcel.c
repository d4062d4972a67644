// SPDX-License-Identifier: MIT
//
// Making and unmaking parcels; see parcel.h.
#include "modules/worker_threads/parcel.h"

#include <stdlib.h>

static lode_part *part_new(lode_parts *parts) {
  if (parts->count == parts->room) {
    parts->room = parts->room ? parts->room * 2 : 4;
    parts->list = lode_realloc(parts->list, parts->room * sizeof *parts->list);
  }
  return &parts->list[parts->count++];
}

uint32_t lode_parts_add(lode_parts *parts, int type, void *data_take, size_t size) {
  *part_new(parts) = (lode_part){.type = type, .size = size, .data = data_take};
  return parts->count - 1;
}

uint32_t lode_parts_add_thing(lode_parts *parts, const lode_thing_type *type, void *thing_take) {
  *part_new(parts) = (lode_part){.type = PART_THING, .data = thing_take, .thing = type};
  return parts->count - 1;
}

void lode_parts_drop(lode_parts *parts) {
  for (uint32_t i = 0; i < parts->count; i++) {
    lode_part *part = &parts->list[i];
    if (!part->data) continue;
    if (part->type == PART_THING)
      part->thing->release(part->data);
    else
      free(part->data);
  }
  free(parts->list);
  *parts = (lode_parts){0};
}

lode_parcel *lode_parcel_new(lode_parcel_pool *pool, const int32_t *tape, uint32_t words, const void *text,
                             size_t text_size, bool wide) {
  size_t tape_size = (size_t)words * sizeof *tape;
  lode_parcel *parcel = lode_pool_alloc(pool, sizeof *parcel + tape_size + text_size);
  memset(parcel, 0, sizeof *parcel);
  atomic_init(&parcel->holders, 1);
  parcel->wide = wide;
  parcel->words = words;
  parcel->text_size = text_size;
  if (tape_size) memcpy(parcel->tape, tape, tape_size);
  if (text_size) memcpy(parcel->tape + words, text, text_size);
  return parcel;
}

void lode_parcel_take_parts(lode_parcel *parcel, lode_parts *texts, lode_parts *parts) {
  parcel->texts = *texts;
  parcel->parts = *parts;
  *texts = *parts = (lode_parts){0};
}

lode_parcel *lode_parcel_new_closing(void) {
  lode_parcel *parcel = lode_parcel_new(NULL, NULL, 0, NULL, 0, false);
  parcel->closes = true;
  return parcel;
}

const void *lode_parcel_text(const lode_parcel *parcel) { return parcel->tape + parcel->words; }

void lode_parcel_hold(lode_parcel *parcel) {
  atomic_fetch_add_explicit(&parcel->holders, 1, memory_order_relaxed);
}

// A parcel may hold the end of a channel whose queue holds parcels, and so on to any depth: those that become
// free while another is being freed wait in a list.
static __thread lode_parcel *dropped;
static __thread bool dropping;

void lode_parcel_drop(lode_parcel *parcel) {
  if (atomic_fetch_sub_explicit(&parcel->holders, 1, memory_order_acq_rel) != 1) return;
  parcel->next = dropped;
  dropped = parcel;
  if (dropping) return;
  dropping = true;
  while (dropped) {
    lode_parcel *now = dropped;
    dropped = now->next;
    lode_parts_drop(&now->texts);
    lode_parts_drop(&now->parts);
    lode_pool_free(now);
  }
  dropping = false;
}
