// SPDX-License-Identifier: MIT
//
// What the language hides about objects, read from the engine's cells: which built-in kind an object is, the
// two ends of a proxy, the position of an iterator, the contents of weak collections. Idea: a cell's sixth
// byte is its type, and its internal fields follow the two header words. None of that is promised by the
// engine, so nothing is assumed: the JavaScript half hands over samples whose contents it knows (calibrate),
// and whatever does not look as expected stays unknown for good. Reading has no side effects and never runs
// JavaScript.
#include "runtime/env/env.h"

#include <pthread.h>

// Kinds as the JavaScript half sees them. The boxed primitives stand together (util.types relies on it).
enum {
  KIND_NONE,
  KIND_MAP,
  KIND_SET,
  KIND_WEAK_MAP,
  KIND_WEAK_SET,
  KIND_PROMISE,
  KIND_DATE,
  KIND_REGEXP,
  KIND_ERROR,
  KIND_ARRAY_BUFFER,
  KIND_GENERATOR,
  KIND_ASYNC_GENERATOR,
  KIND_MAP_ITERATOR,
  KIND_SET_ITERATOR,
  KIND_ARGUMENTS,
  KIND_PROXY,
  KIND_NUMBER,
  KIND_STRING,
  KIND_BOOLEAN,
  KIND_SYMBOL,
  KIND_BIGINT,
  KIND_BOXED, // a type that boxed symbols and BigInts share with other objects: the JavaScript half asks on
};

static const js_num_spec kind_numbers[] = {
    {"Map", KIND_MAP},
    {"Set", KIND_SET},
    {"WeakMap", KIND_WEAK_MAP},
    {"WeakSet", KIND_WEAK_SET},
    {"Promise", KIND_PROMISE},
    {"Date", KIND_DATE},
    {"RegExp", KIND_REGEXP},
    {"Error", KIND_ERROR},
    {"ArrayBuffer", KIND_ARRAY_BUFFER},
    {"Generator", KIND_GENERATOR},
    {"AsyncGenerator", KIND_ASYNC_GENERATOR},
    {"MapIterator", KIND_MAP_ITERATOR},
    {"SetIterator", KIND_SET_ITERATOR},
    {"Arguments", KIND_ARGUMENTS},
    {"Proxy", KIND_PROXY},
    {"Number", KIND_NUMBER},
    {"String", KIND_STRING},
    {"Boolean", KIND_BOOLEAN},
    {"Symbol", KIND_SYMBOL},
    {"BigInt", KIND_BIGINT},
    {"Boxed", KIND_BOXED},
};

// Internal fields, in words from the start of the cell.
enum { FIELD_0 = 2, FIELD_1 = 3, FIELD_2 = 4, FIELD_3 = 5 };

enum { MOST_BARE = 24 };

struct peek_facts {
  uint8_t kind_of_type[256];
  bool proxies;   // fields 0 and 1 of a proxy are target and handler
  bool iterators; // fields 0 to 3 are position, collection, storage, what it gives
  bool weak;      // field 0 is the table, field 1 its size and count
};

// What the first thread found out is true of the library, and saves the others the calibration: process-wide
// by nature.
static struct {
  pthread_mutex_t mutex;
  bool known;
  struct peek_facts facts;
} shared = {.mutex = PTHREAD_MUTEX_INITIALIZER};

struct peek_state {
  struct peek_facts facts;
  uint32_t bare[MOST_BARE]; // the shapes of lists without properties of their own but elements
};

extern const lode_binding lode_binding_util;

static struct peek_state *peek(void) { return binding_state(env_current(), &lode_binding_util); }
static const uint64_t *words_of(js_val v) { return (const uint64_t *)v; }
static uint8_t type_of(js_val v) { return ((const uint8_t *)v)[5]; }
static js_val field(js_val v, int i) { return js_bits(words_of(v)[i]); }

static int kind_of(const struct peek_state *state, js_val v) {
  if (!js_is_cell(v)) return KIND_NONE;
  return state->facts.kind_of_type[type_of(v)];
}

JS_FN(peek_kind_of) { return js_int(kind_of(peek(), JS_ARG(0))); }

// shapeOf(object): a number that objects of the same class and own properties share; 0 where there is none.
JS_FN(peek_shape_of) {
  js_val v = JS_ARG(0);
  return js_is_cell(v) ? js_num((double)(uint32_t)words_of(v)[0]) : js_int(0);
}

static uint32_t shape_of(js_val v) { return js_is_cell(v) ? (uint32_t)words_of(v)[0] : 0; }

// setBareShapes(...numbers)
JS_FN(peek_set_bare_shapes) {
  struct peek_state *state = peek();
  for (size_t i = 0; i < argc && i < MOST_BARE; i++) state->bare[i] = (uint32_t)js_to_num(argv[i], 0);
  return js_undefined();
}

static bool is_bare(const struct peek_state *state, js_val v) {
  uint32_t shape = shape_of(v);
  for (size_t i = 0; i < MOST_BARE; i++)
    if (shape && state->bare[i] == shape) return true;
  return false;
}

// Several values at a time, because most of a call's cost is the call: areOrdinary(...values) tells whether
// all are of no kind, areBare(...values) whether all are lists of a bare shape.
JS_FN(peek_are_ordinary) {
  struct peek_state *state = peek();
  for (size_t i = 0; i < argc; i++)
    if (kind_of(state, argv[i]) != KIND_NONE) return js_bool(false);
  return js_bool(true);
}

JS_FN(peek_are_bare) {
  struct peek_state *state = peek();
  for (size_t i = 0; i < argc; i++)
    if (!is_bare(state, argv[i])) return js_bool(false);
  return js_bool(true);
}

// getProxyDetails(value, both = true): undefined, [target, handler], or the target. null stands for revoked.
JS_FN(peek_proxy_details) {
  struct peek_state *state = peek();
  js_val v = JS_ARG(0);
  if (kind_of(state, v) != KIND_PROXY) return js_undefined();
  js_val pair[] = {js_null(), js_null()};
  if (state->facts.proxies && !js_is_null(field(v, FIELD_1))) {
    pair[0] = field(v, FIELD_0);
    pair[1] = field(v, FIELD_1);
  }
  if (argc > 1 && !js_is_true(argv[1])) return pair[0];
  return js_array(ctx, 2, pair);
}

// getPromiseDetails(promise): [state, result]; the state is one of the engine layer's JS_PROMISE_ numbers.
JS_FN(peek_promise_details) {
  js_val result = js_undefined();
  int state = kind_of(peek(), JS_ARG(0)) == KIND_PROMISE ? js_promise_state(JS_ARG(0), &result, NULL)
                                                         : JS_PROMISE_UNKNOWN;
  js_val pair[] = {js_int(state),
                   state == JS_PROMISE_FULFILLED || state == JS_PROMISE_REJECTED ? result : js_undefined()};
  return js_array(ctx, 2, pair);
}

static bool is_iterator(const struct peek_state *state, js_val v) {
  int kind = kind_of(state, v);
  return state->facts.iterators && (kind == KIND_MAP_ITERATOR || kind == KIND_SET_ITERATOR);
}

// iteratorTarget(iterator): [the collection it walks, 0 keys | 1 values | 2 entries], or undefined.
JS_FN(peek_iterator_target) {
  js_val v = JS_ARG(0);
  if (!is_iterator(peek(), v) || !js_is_cell(field(v, FIELD_1))) return js_undefined();
  js_val pair[] = {field(v, FIELD_1), field(v, FIELD_3)};
  return js_array(ctx, 2, pair);
}

// iteratorSync(from, to): puts `to`, a new iterator of the same collection, where `from` is. The storage that
// both then point to stays alive through `from`, which the caller holds until it has read `to`.
JS_FN(peek_iterator_sync) {
  struct peek_state *state = peek();
  js_val from = JS_ARG(0), to = JS_ARG(1);
  if (!is_iterator(state, from) || kind_of(state, to) != kind_of(state, from)) return js_bool(false);
  if (field(from, FIELD_1) != field(to, FIELD_1)) return js_bool(false);
  uint64_t *target = (uint64_t *)(uintptr_t)to;
  target[FIELD_0] = words_of(from)[FIELD_0];
  target[FIELD_2] = words_of(from)[FIELD_2];
  return js_bool(true);
}

// ---- Weak collections: a table of { key, value } or { key }, empty and deleted slots in between ----

#define WEAK_MOST_SLOTS (1u << 24)
enum { WEAK_MOST_VALUES = 2048 };

// The values are gathered on the C stack before the engine is called again: there the collector sees them,
// while a collection could change the table itself. Whoever looks at a weak collection is not after its
// 1025th entry.
static js_val weak_list(js_ctx ctx, js_val v, bool is_map) {
  const uint64_t *words = words_of(v);
  const uint64_t *table = (const uint64_t *)(uintptr_t)words[FIELD_0];
  uint32_t slots = (uint32_t)words[FIELD_1];
  uint32_t step = is_map ? 2 : 1;
  js_val values[WEAK_MOST_VALUES];
  size_t n = 0;
  if (!table || slots > WEAK_MOST_SLOTS) slots = 0;
  for (uint32_t i = 0; i < slots && n + step <= WEAK_MOST_VALUES; i++) {
    js_val key = js_bits(table[(size_t)i * step]);
    if (!js_is_cell(key) || js_to_bits(key) < 4096 || (js_to_bits(key) & 7)) continue;
    values[n++] = key;
    if (is_map) values[n++] = js_bits(table[(size_t)i * step + 1]);
  }
  return js_array(ctx, n, values);
}

// weakEntries(collection): flat list of what is in it, in no order; undefined where the engine does not show.
JS_FN(peek_weak_entries) {
  struct peek_state *state = peek();
  int kind = kind_of(state, JS_ARG(0));
  if (!state->facts.weak || (kind != KIND_WEAK_MAP && kind != KIND_WEAK_SET)) return js_undefined();
  return weak_list(ctx, JS_ARG(0), kind == KIND_WEAK_MAP);
}

// ---- Calibration ----

// calibrateKind(kind, sample)
JS_FN(peek_calibrate_kind) {
  struct peek_state *state = peek();
  int kind = js_to_int(JS_ARG(0), 0);
  js_val sample = JS_ARG(1);
  if (!js_is_cell(sample) || kind <= KIND_NONE || kind > KIND_BOXED) return js_undefined();
  state->facts.kind_of_type[type_of(sample)] = (uint8_t)kind;
  return js_undefined();
}

// calibrateFields(plain, proxy, target, handler, map, keys, values, entries, weakMap, weakKey)
JS_FN(peek_calibrate_fields) {
  struct peek_state *state = peek();
  if (argc < 10) return js_undefined();
  // An ordinary object must be of no kind, or the type byte is not where it is thought to be.
  if (kind_of(state, argv[0]) != KIND_NONE) state->facts = (struct peek_facts){.proxies = false};
  state->facts.proxies = kind_of(state, argv[1]) == KIND_PROXY && field(argv[1], FIELD_0) == argv[2] &&
                         field(argv[1], FIELD_1) == argv[3];
  state->facts.iterators = true;
  for (int i = 0; i < 3; i++) {
    js_val it = argv[5 + i];
    state->facts.iterators = state->facts.iterators && kind_of(state, it) == KIND_MAP_ITERATOR &&
                             field(it, FIELD_0) == js_int(0) && field(it, FIELD_1) == argv[4] &&
                             field(it, FIELD_3) == js_int(i);
  }
  const uint64_t *weak = words_of(argv[8]);
  uint32_t slots = (uint32_t)weak[FIELD_1];
  if (kind_of(state, argv[8]) == KIND_WEAK_MAP && weak[FIELD_1] >> 32 == 1 && slots <= 64 &&
      weak[FIELD_0] > 4096) {
    const uint64_t *table = (const uint64_t *)(uintptr_t)weak[FIELD_0];
    for (uint32_t i = 0; i < slots; i++) {
      if (js_bits(table[(size_t)i * 2]) == argv[9]) state->facts.weak = true;
    }
  }
  pthread_mutex_lock(&shared.mutex);
  shared.facts = state->facts;
  shared.known = true;
  pthread_mutex_unlock(&shared.mutex);
  return js_undefined();
}

// () => whether another thread has calibrated: then this one knows all that it would find
JS_FN(peek_adopt_facts) {
  pthread_mutex_lock(&shared.mutex);
  bool known = shared.known;
  if (known) peek()->facts = shared.facts;
  pthread_mutex_unlock(&shared.mutex);
  return js_bool(known);
}

static const js_fn_spec functions[] = {
    {"kindOf", peek_kind_of},
    {"shapeOf", peek_shape_of},
    {"setBareShapes", peek_set_bare_shapes},
    {"areOrdinary", peek_are_ordinary},
    {"areBare", peek_are_bare},
    {"getProxyDetails", peek_proxy_details},
    {"getPromiseDetails", peek_promise_details},
    {"iteratorTarget", peek_iterator_target},
    {"iteratorSync", peek_iterator_sync},
    {"weakEntries", peek_weak_entries},
    {"adoptFacts", peek_adopt_facts},
    {"calibrateKind", peek_calibrate_kind},
    {"calibrateFields", peek_calibrate_fields},
};

static void util_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, sizeof functions / sizeof *functions);
  js_obj kinds = js_object(ctx);
  js_define_numbers(ctx, kinds, kind_numbers, sizeof kind_numbers / sizeof *kind_numbers);
  js_set(ctx, target, "kinds", kinds);
}

LODE_BINDING(util, sizeof(struct peek_state), util_init, NULL);
