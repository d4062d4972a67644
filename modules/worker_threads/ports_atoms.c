// SPDX-License-Identifier: MIT
//
// Names of properties, numbered for the whole process: messages carry the number, each environment keeps its
// own strings by number and numbers by string, so that a name is made into a string once per thread and not
// per message. The table only grows, up to a limit; names beyond it travel as text.
#include "modules/worker_threads/ports.h"

#include <stdlib.h>
#include <uv.h>

enum { MOST_ATOMS = 4096, BUCKETS = 8192 };

struct atom {
  uint16_t *units;
  size_t length;
};

// Process-wide by nature; guarded by the lock.
static struct {
  uv_mutex_t lock;
  unsigned count;
  struct atom atoms[MOST_ATOMS];
  uint16_t buckets[BUCKETS]; // number + 1, open addressing
} table;
static uv_once_t table_once = UV_ONCE_INIT;
static void table_init(void) { CHECK(uv_mutex_init(&table.lock) == 0); }

static uint32_t hash(const uint16_t *units, size_t length) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < length; i++) h = (h ^ units[i]) * 16777619u;
  return h;
}

// With the lock held. The number, or -1 where the table is full.
static int find_or_add(const uint16_t *units, size_t length) {
  uint32_t at = hash(units, length) % BUCKETS;
  for (; table.buckets[at]; at = (at + 1) % BUCKETS) {
    const struct atom *known = &table.atoms[table.buckets[at] - 1];
    if (known->length == length && !memcmp(known->units, units, length * 2)) return table.buckets[at] - 1;
  }
  if (table.count == MOST_ATOMS) return -1;
  uint16_t *copy = lode_alloc(length * 2 + 2);
  memcpy(copy, units, length * 2);
  table.atoms[table.count] = (struct atom){copy, length};
  table.buckets[at] = (uint16_t)++table.count;
  return (int)table.count - 1;
}

// atom(name) -> number, or -1
JS_FN(ports_atom) {
  js_utf16 text;
  if (!js_utf16_take(ctx, JS_ARG(0), &text, exc)) return js_undefined();
  uv_once(&table_once, table_init);
  uv_mutex_lock(&table.lock);
  int number = find_or_add(text.data, text.length);
  uv_mutex_unlock(&table.lock);
  js_utf16_drop(&text);
  return js_int(number);
}

// atomName(number) -> name
JS_FN(ports_atom_name) {
  int at = js_to_int(JS_ARG(0), -1);
  uv_once(&table_once, table_init);
  uv_mutex_lock(&table.lock);
  CHECK(at >= 0 && (unsigned)at < table.count);
  struct atom atom = table.atoms[at]; // its units stay where they are for ever
  uv_mutex_unlock(&table.lock);
  return js_str_utf16(ctx, atom.units, atom.length);
}

static const js_fn_spec functions[] = {{"atom", ports_atom}, {"atomName", ports_atom_name}};

void ports_atoms_define(js_ctx ctx, js_obj target) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}
