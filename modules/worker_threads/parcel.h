// SPDX-License-Identifier: MIT
//
// A parcel: one message on its way from an environment to another, or to the same one later.
//
// It holds no JavaScript: a tape of words that says what the value is made of (written and read by pack.js
// and unpack.js), one text, and parts that the tape refers to by their number: further texts, blocks of
// bytes, and things of C that become objects again where they arrive (ends of channels, shared memory, ...).
//
// Parcels are counted, because a broadcast is one parcel in many queues. Counting is atomic; all else in a
// parcel is only read once it was sent, except that the one receiver of a message between two takes its
// parts.
#ifndef LODE_PARCEL_H
#define LODE_PARCEL_H

#include <stdatomic.h>
#include "modules/worker_threads/parcel_pool.h"
#include "runtime/engine/engine.h"

// A kind of thing: its address is its identity. `hold` and `release` run on any thread; a thing without
// `hold` has one owner and cannot be broadcast. `open` makes the JavaScript value, in the receiver's thread,
// and takes the thing over.
typedef struct lode_thing_type {
  const char *name;
  void (*hold)(void *thing);
  void (*release)(void *thing);
  js_val (*open)(js_ctx ctx, void *thing_take);
} lode_thing_type;

enum { PART_LATIN1, PART_UTF16, PART_BYTES, PART_THING };

typedef struct lode_part {
  int type;
  size_t size;                  // of texts and blocks, in bytes
  void *data;                   // owned; NULL where taken
  const lode_thing_type *thing; // of PART_THING
} lode_part;

typedef struct lode_parts {
  uint32_t count, room;
  lode_part *list;
} lode_parts;

typedef struct lode_parcel lode_parcel;

// A link in a queue.
struct parcel_link {
  struct parcel_link *next;
  lode_parcel *parcel;
};

struct lode_parcel {
  struct parcel_link link; // in the first queue that it is put into; further ones have links of their own
  lode_parcel *next;       // while it is dropped, or JavaScript has its number (ports_hand_out)
  atomic_uint holders;
  bool closes; // no message: the other end is gone
  bool wide;   // the text is UTF-16
  bool common; // a broadcast: parts are copied or held, never taken
  uint32_t words;
  size_t text_size; // bytes of the text, which lies behind the words
  lode_parts texts; // those that come before the one here, in order
  lode_parts parts;
  int32_t tape[];
};

// Adds a part, which owns `data` from now on, and gives its number.
uint32_t lode_parts_add(lode_parts *parts, int type, void *data_take, size_t size);
uint32_t lode_parts_add_thing(lode_parts *parts, const lode_thing_type *type, void *thing_take);
void lode_parts_drop(lode_parts *parts);

// Copies the tape and the text. The pool is the calling thread's, or NULL.
lode_parcel *lode_parcel_new(lode_parcel_pool *pool, const int32_t *tape, uint32_t words, const void *text,
                             size_t text_size, bool wide);
void lode_parcel_take_parts(lode_parcel *parcel, lode_parts *texts_take, lode_parts *parts_take);
lode_parcel *lode_parcel_new_closing(void);
const void *lode_parcel_text(const lode_parcel *parcel);
void lode_parcel_hold(lode_parcel *parcel);
// The last one releases what was not taken. Never to be called under the lock of a channel.
void lode_parcel_drop(lode_parcel *parcel);

#endif
