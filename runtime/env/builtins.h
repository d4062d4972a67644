// SPDX-License-Identifier: MIT
//
// The embedded JavaScript sources (made by tools/embed.c), each wrapped as a function expression.
#ifndef LODE_BUILTINS_H
#define LODE_BUILTINS_H

#include "runtime/engine/engine.h"

typedef struct lode_builtin {
  const char *id;           // "fs/promises"
  const char *path;         // in the source tree: "modules/fs/promises.js"
  const char *source, *end; // wrapped ASCII text
} lode_builtin;

extern const lode_builtin lode_builtins[]; // sorted by id
extern const unsigned lode_builtin_count;

const lode_builtin *builtin_find(const char *id); // NULL: none
// Evaluates a builtin's wrapper and returns its function; NULL with *exc set on failure. With LODE_LIB set
// the text comes from that directory instead.
js_val builtin_compile(js_ctx ctx, const char *id, js_val *exc);

#endif
