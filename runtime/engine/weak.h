// SPDX-License-Identifier: MIT
//
// Objects that are remembered and not kept alive. JavaScript's WeakRef keeps its object to the end of the
// turn in which it was made, which a program that makes many in one turn pays for.
#ifndef LODE_ENGINE_WEAK_H
#define LODE_ENGINE_WEAK_H

#include "runtime/engine/engine.h"

// All zeros are an empty list. On the engine's thread, and freed before the engine is.
struct weak_list {
  const struct OpaqueJSWeak **refs; // owned
  size_t count, room;
};

void weak_list_add(js_ctx ctx, struct weak_list *list, js_obj object);
js_obj weak_list_living(js_ctx ctx, struct weak_list *list); // an array, in the order of their coming
void weak_list_free(js_ctx ctx, struct weak_list *list);

#endif
