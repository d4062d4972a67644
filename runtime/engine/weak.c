// SPDX-License-Identifier: MIT
//
// A full list first loses those that are gone, and grows only if that leaves it half full.
#include "runtime/engine/weak.h"
#include "runtime/engine/jsc_private.h"

#include <stdlib.h>

enum { FIRST_ROOM = 64 };

static void prune(js_ctx ctx, struct weak_list *list) {
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++) {
    if (JSWeakGetObject(list->refs[i]))
      list->refs[kept++] = list->refs[i];
    else
      JSWeakRelease(JSContextGetGroup(ctx), list->refs[i]);
  }
  list->count = kept;
}

static void make_room(js_ctx ctx, struct weak_list *list) {
  prune(ctx, list);
  if (list->room && list->count < list->room / 2) return;
  list->room = list->room ? 2 * list->room : FIRST_ROOM;
  list->refs = lode_realloc(list->refs, list->room * sizeof *list->refs);
}

void weak_list_add(js_ctx ctx, struct weak_list *list, js_obj object) {
  js_lock(ctx);
  if (list->count == list->room) make_room(ctx, list);
  list->refs[list->count++] = JSWeakCreate(JSContextGetGroup(ctx), object);
  js_unlock(ctx);
}

js_obj weak_list_living(js_ctx ctx, struct weak_list *list) {
  js_lock(ctx);
  js_obj array = js_array(ctx, 0, NULL);
  uint32_t count = 0;
  for (size_t i = 0; i < list->count; i++) {
    js_obj object = JSWeakGetObject(list->refs[i]);
    if (object) js_set_index(ctx, array, count++, (js_val)object);
  }
  js_unlock(ctx);
  return array;
}

void weak_list_free(js_ctx ctx, struct weak_list *list) {
  for (size_t i = 0; i < list->count; i++) JSWeakRelease(JSContextGetGroup(ctx), list->refs[i]);
  free(list->refs);
  *list = (struct weak_list){0};
}
