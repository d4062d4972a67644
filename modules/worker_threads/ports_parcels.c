// SPDX-License-Identifier: MIT
//
// Between the tapes that JavaScript writes and reads, and parcels.
//
// A tape is memory that both sides see: JavaScript through an Int32Array, C directly. Writing a message is
// stores into that array, then one call with the number of words and one text; reading one, a call from C
// with the same. What does not fit in there, long texts and blocks of bytes, goes into parts, by a call each.
#include "modules/worker_threads/ports.h"
#include "runtime/engine/shared_memory.h"

#include <stdlib.h>
#include <unistd.h>

enum { TAPE_WORDS = 16 * 1024, TAPE_MOST_KEPT = 1024 * 1024, TEXT_MOST_KEPT = 64 * 1024 };
#define TAPE_LIMIT 0x1fffffffu

static void free_words(void *words, LODE_UNUSED void *hint) { free(words); }

// Replaces the memory by a larger one; what was written is kept. The old goes with its ArrayBuffer.
static void tape_resize(js_ctx ctx, struct ports_tape *tape, uint32_t room, bool keep) {
  int32_t *words = lode_alloc((size_t)room * sizeof *words);
  if (keep && tape->words) memcpy(words, tape->words, (size_t)tape->room * sizeof *words);
  js_ref_drop(ctx, &tape->buffer);
  js_obj buffer = js_arraybuffer_external(ctx, words, (size_t)room * sizeof *words, free_words, NULL);
  *tape = (struct ports_tape){words, room, js_ref_take(ctx, buffer)};
}

static ports_state *here(void) { return ports_state_of(env_current()); }

struct ports_draft *ports_draft_at(ports_state *state, js_val depth) {
  int at = js_to_int(depth, -1);
  CHECK(at >= 0 && at < PORTS_DEPTHS);
  return &state->drafts[at];
}

// outbound(depth, words, keep) -> ArrayBuffer of at least so many words; undefined where that is more than a
// message may have
JS_FN(ports_outbound) {
  struct ports_tape *tape = &ports_draft_at(here(), JS_ARG(0))->tape;
  double wanted = js_to_num(JS_ARG(1), 0);
  if (wanted > TAPE_LIMIT) return js_undefined();
  uint32_t room = (uint32_t)wanted;
  js_lock(ctx);
  tape_resize(ctx, tape, room < TAPE_WORDS ? TAPE_WORDS : room, js_is_true(JS_ARG(2)));
  js_unlock(ctx);
  return tape->buffer.value;
}

// inbound() -> the ArrayBuffer that now holds the message
JS_FN(ports_inbound) { return here()->in.buffer.value; }

// ---- Writing parts ----

static size_t width(bool wide) { return wide ? 2 : 1; }

static void copy_units(void *to, bool to_wide, const js_units *from) {
  if (to_wide == from->wide) {
    memcpy(to, from->data, from->length * width(to_wide));
    return;
  }
  uint16_t *out = to;
  const uint8_t *in = from->data;
  for (size_t i = 0; i < from->length; i++) out[i] = in[i];
}

// Room for so many more units of that width; what is there is widened where need be.
static void text_room(struct ports_text *text, size_t more, bool wide) {
  bool now_wide = text->wide || wide;
  size_t needed = (text->length + more) * width(now_wide);
  if (needed > text->room) {
    text->room = needed < 1024 ? 1024 : needed * 2;
    text->data = lode_realloc(text->data, text->room);
  }
  if (now_wide == text->wide) return;
  const uint8_t *narrow = text->data;
  uint16_t *units = text->data;
  for (size_t i = text->length; i-- > 0;) units[i] = narrow[i];
  text->wide = true;
}

static void text_add(struct ports_text *text, js_ctx ctx, js_val string) {
  js_units units;
  CHECK(js_units_borrow(ctx, string, &units));
  text_room(text, units.length, units.wide);
  copy_units((uint8_t *)text->data + text->length * width(text->wide), text->wide, &units);
  text->length += units.length;
  js_units_drop(&units);
}

static void text_reset(struct ports_text *text) {
  text->length = 0;
  text->wide = false;
  if (text->room <= TEXT_MOST_KEPT) return;
  free(text->data);
  *text = (struct ports_text){0};
}

// addTexts(depth, ...strings): behind the text
JS_FN(ports_add_texts) {
  struct ports_draft *draft = ports_draft_at(here(), JS_ARG(0));
  for (size_t i = 1; i < argc; i++) text_add(&draft->text, ctx, argv[i]);
  return js_undefined();
}

// closeText(depth): what comes later belongs to another text
JS_FN(ports_close_text) {
  struct ports_draft *draft = ports_draft_at(here(), JS_ARG(0));
  struct ports_text *text = &draft->text;
  size_t size = text->length * width(text->wide);
  void *copy = lode_alloc(size ? size : 1);
  if (size) memcpy(copy, text->data, size);
  lode_parts_add(&draft->texts, text->wide ? PART_UTF16 : PART_LATIN1, copy, size);
  text_reset(text);
  return js_undefined();
}

// addBytes(depth, buffer or view) -> number
JS_FN(ports_add_bytes) {
  uint8_t *data;
  size_t size;
  CHECK(js_bytes(ctx, JS_ARG(1), &data, &size));
  void *copy = lode_alloc(size ? size : 1);
  memcpy(copy, data, size);
  return js_num(lode_parts_add(&ports_draft_at(here(), JS_ARG(0))->parts, PART_BYTES, copy, size));
}

static void hold_shared(void *thing) { js_shared_hold(thing); }
static void release_shared(void *thing) { js_shared_release(thing); }
static const lode_thing_type thing_shared = {"SharedArrayBuffer", hold_shared, release_shared, NULL};

// A thing is a pointer that is not NULL: the descriptor and one.
static void release_file(void *thing) { close((int)(intptr_t)thing - 1); }
static js_val open_file(LODE_UNUSED js_ctx ctx, void *thing) { return js_int((int)(intptr_t)thing - 1); }
static const lode_thing_type thing_file = {"FileHandle", NULL, release_file, open_file};

// addFile(depth, fd) -> number
JS_FN(ports_add_file) {
  void *thing = (void *)(intptr_t)(js_to_int(JS_ARG(1), -1) + 1);
  return js_num(lode_parts_add_thing(&ports_draft_at(here(), JS_ARG(0))->parts, &thing_file, thing));
}

// sharing(sample, empty) -> whether SharedArrayBuffers can be sent; asked once, before the next two
JS_FN(ports_sharing) { return js_bool(js_shared_supported(ctx, JS_ARG(0), JS_ARG(1))); }

// addShared(depth, buffer) -> number; -1 for what is no SharedArrayBuffer
JS_FN(ports_add_shared) {
  js_shared *shared = js_shared_new(ctx, JS_ARG(1));
  if (!shared) return js_int(-1);
  return js_num(lode_parts_add_thing(&ports_draft_at(here(), JS_ARG(0))->parts, &thing_shared, shared));
}

// unlock(buffer) -> whether its memory had been locked
JS_FN(ports_unlock) {
  js_lock(ctx);
  bool locked = js_arraybuffer_unlock(ctx, JS_ARG(0));
  js_unlock(ctx);
  return js_bool(locked);
}

// discard(depth): the message will not be sent
JS_FN(ports_discard) {
  struct ports_draft *draft = ports_draft_at(here(), JS_ARG(0));
  text_reset(&draft->text);
  lode_parts_drop(&draft->texts);
  lode_parts_drop(&draft->parts);
  return js_undefined();
}

// One string, which may be large, goes straight into the parcel.
static lode_parcel *parcel_of_string(ports_state *state, js_ctx ctx, const struct ports_draft *draft,
                                     uint32_t words, js_val string) {
  js_units units;
  CHECK(js_units_borrow(ctx, string, &units));
  lode_parcel *parcel = lode_parcel_new(&state->pool, draft->tape.words, words, units.data,
                                        units.length * width(units.wide), units.wide);
  js_units_drop(&units);
  return parcel;
}

lode_parcel *ports_parcel_take(ports_state *state, js_ctx ctx, size_t argc, const js_val argv[]) {
  struct ports_draft *draft = ports_draft_at(state, JS_ARG(0));
  struct ports_text *text = &draft->text;
  uint32_t words = (uint32_t)js_to_num(JS_ARG(1), 0);
  CHECK(words <= draft->tape.room);
  lode_parcel *parcel;
  if (argc == 3 && !text->length) {
    parcel = parcel_of_string(state, ctx, draft, words, argv[2]);
  } else {
    for (size_t i = 2; i < argc; i++) text_add(text, ctx, argv[i]);
    parcel = lode_parcel_new(&state->pool, draft->tape.words, words, text->data,
                             text->length * width(text->wide), text->wide);
    text_reset(text);
  }
  lode_parcel_take_parts(parcel, &draft->texts, &draft->parts);
  return parcel;
}

// ---- Reading ----

void ports_read(ports_state *state, js_ctx ctx, lode_parcel *parcel) {
  if (state->current) lode_parcel_drop(state->current);
  state->current = parcel;
  if (!parcel) {
    if (state->in.room > TAPE_MOST_KEPT) tape_resize(ctx, &state->in, TAPE_WORDS, false);
    return;
  }
  if (parcel->words > state->in.room)
    tape_resize(ctx, &state->in, parcel->words < TAPE_WORDS ? TAPE_WORDS : parcel->words, false);
  memcpy(state->in.words, parcel->tape, (size_t)parcel->words * sizeof(int32_t));
}

static js_val string_of(js_ctx ctx, const void *data, size_t size, bool wide) {
  return wide ? js_str_utf16(ctx, data, size / 2) : js_str_latin1(ctx, data, size);
}

js_val ports_text(js_ctx ctx, const lode_parcel *parcel) {
  if (!parcel->text_size) return js_undefined();
  return string_of(ctx, lode_parcel_text(parcel), parcel->text_size, parcel->wide);
}

// The part of that number of the message being read; NULL where there is none.
static lode_part *part_at(ports_state *state, js_val number) {
  double at = js_to_num(number, -1);
  if (!state->current || at < 0 || at >= state->current->parts.count) return NULL;
  lode_part *part = &state->current->parts.list[(uint32_t)at];
  return part->data ? part : NULL;
}

// text(number) -> string; the one behind the tape is the last
JS_FN(ports_text_at) {
  ports_state *state = here();
  double at = js_to_num(JS_ARG(0), -1);
  if (!state->current || at < 0) return js_undefined();
  const lode_parts *texts = &state->current->texts;
  if (at >= texts->count) return ports_text(ctx, state->current);
  const lode_part *part = &texts->list[(uint32_t)at];
  return string_of(ctx, part->data, part->size, part->type == PART_UTF16);
}

// bytes(number) -> ArrayBuffer
JS_FN(ports_bytes_part) {
  ports_state *state = here();
  lode_part *part = part_at(state, JS_ARG(0));
  if (!part || part->type != PART_BYTES) return js_undefined();
  void *data = part->data;
  if (state->current->common) {
    data = lode_alloc(part->size ? part->size : 1);
    memcpy(data, part->data, part->size);
  } else {
    part->data = NULL;
  }
  return js_arraybuffer_take(ctx, data, part->size);
}

// thing(number) -> what it is in JavaScript
JS_FN(ports_thing_part) {
  ports_state *state = here();
  lode_part *part = part_at(state, JS_ARG(0));
  if (!part || part->type != PART_THING) return js_undefined();
  void *data = part->data;
  if (state->current->common) {
    if (!part->thing->hold) return js_undefined();
    part->thing->hold(data);
  } else {
    part->data = NULL;
  }
  return part->thing->open(ctx, data);
}

// shared(number, empty): turns a new SharedArrayBuffer into the one that was sent
JS_FN(ports_shared_part) {
  lode_part *part = part_at(here(), JS_ARG(0));
  CHECK(part && part->thing == &thing_shared);
  js_shared_open(part->data, JS_ARG(1));
  return js_undefined();
}

// ---- Parcels that JavaScript hands on by number ----

js_val ports_hand_out(ports_state *state, lode_parcel *parcel) {
  parcel->next = state->by_number;
  state->by_number = parcel;
  return js_num((double)(uintptr_t)parcel);
}

lode_parcel *ports_claim(ports_state *state, js_val number) {
  uintptr_t address = (uintptr_t)js_to_num(number, 0);
  for (lode_parcel **link = &state->by_number; *link; link = &(*link)->next) {
    lode_parcel *parcel = *link;
    if ((uintptr_t)parcel != address) continue;
    *link = parcel->next;
    return parcel;
  }
  return NULL;
}

// pack(depth, words, ...strings) -> number
JS_FN(ports_pack) { return ports_hand_out(here(), ports_parcel_take(here(), ctx, argc, argv)); }

// open(number) -> words: it is now the message being read
JS_FN(ports_open_parcel) {
  lode_parcel *parcel = ports_claim(here(), JS_ARG(0));
  CHECK(parcel);
  js_lock(ctx);
  ports_read(here(), ctx, parcel);
  js_unlock(ctx);
  return js_num(parcel->words);
}

// done(): the message being read was read
JS_FN(ports_done) {
  ports_read(here(), ctx, NULL);
  return js_undefined();
}

// drop(number)
JS_FN(ports_drop) {
  lode_parcel *parcel = ports_claim(here(), JS_ARG(0));
  if (parcel) lode_parcel_drop(parcel);
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"outbound", ports_outbound},
    {"inbound", ports_inbound},
    {"addTexts", ports_add_texts},
    {"closeText", ports_close_text},
    {"addBytes", ports_add_bytes},
    {"discard", ports_discard},
    {"text", ports_text_at},
    {"bytes", ports_bytes_part},
    {"thing", ports_thing_part},
    {"pack", ports_pack},
    {"openParcel", ports_open_parcel},
    {"done", ports_done},
    {"drop", ports_drop},
    {"unlock", ports_unlock},
    {"addFile", ports_add_file},
    {"sharing", ports_sharing},
    {"addShared", ports_add_shared},
    {"shared", ports_shared_part},
};

void ports_parcels_define(js_ctx ctx, js_obj target) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

void ports_tape_drop(ports_state *state, js_ctx ctx) {
  js_ref_drop(ctx, &state->in.buffer);
  for (int i = 0; i < PORTS_DEPTHS; i++) {
    js_ref_drop(ctx, &state->drafts[i].tape.buffer);
    free(state->drafts[i].text.data);
    lode_parts_drop(&state->drafts[i].texts);
    lode_parts_drop(&state->drafts[i].parts);
  }
}
