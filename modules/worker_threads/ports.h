// SPDX-License-Identifier: MIT
//
// What the C halves of message passing share, and what other bindings use to let their things travel.
#ifndef LODE_PORTS_H
#define LODE_PORTS_H

#include "modules/worker_threads/channel.h"
#include "modules/worker_threads/doorbell.h"
#include "runtime/env/env.h"
#include "runtime/env/handle.h"

// Writing may start again while a message is being written, by a getter: each depth has a draft of its own.
enum { PORTS_DEPTHS = 8 };

struct ports_tape {
  int32_t *words;
  uint32_t room;
  js_ref buffer; // the ArrayBuffer over it, which owns it
};

// A message being written.
struct ports_draft {
  struct ports_tape tape;
  struct ports_text {
    void *data;
    size_t length, room; // in code units, in bytes
    bool wide;
  } text; // the one that is not closed yet
  lode_parts texts, parts;
};

typedef struct ports_state {
  js_ref deliver, closed; // (port, words, text), (port)
  struct ports_tape in;
  lode_parcel *current;   // being read
  lode_parcel *by_number; // those that JavaScript has the numbers of
  struct ports_draft drafts[PORTS_DEPTHS];
  lode_doorbell bell;
  lode_parcel_pool pool;
  bool dying; // the environment: ports that are collected now tell the other ends
} ports_state;

extern const lode_binding lode_binding_ports;
ports_state *ports_state_of(lode_env *env);

// ---- ports_parcels.c ----
void ports_parcels_define(js_ctx ctx, js_obj target);
// From the arguments (depth, words, ...strings).
lode_parcel *ports_parcel_take(ports_state *state, js_ctx ctx, size_t argc, const js_val argv[]);
// Puts the parcel where JavaScript reads it; drops the one before. NULL is none.
void ports_read(ports_state *state, js_ctx ctx, lode_parcel *parcel_take);
// JavaScript gets the number of a parcel, and whoever is given the number claims the parcel, once: NULL for
// numbers that are none. What nobody claims, because JavaScript was stopped between the two, ends with the
// environment.
js_val ports_hand_out(ports_state *state, lode_parcel *parcel_take);
lode_parcel *ports_claim(ports_state *state, js_val number);
js_val ports_text(js_ctx ctx, const lode_parcel *parcel); // the one behind the tape
void ports_tape_drop(ports_state *state, js_ctx ctx);
struct ports_draft *ports_draft_at(ports_state *state, js_val depth);

// ---- ports_atoms.c ----
void ports_atoms_define(js_ctx ctx, js_obj target);

extern const lode_thing_type lode_thing_end;

#endif
