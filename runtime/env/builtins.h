// SPDX-License-Identifier: MIT
//
// The embedded JavaScript sources (made by tools/embed.c), each wrapped as a function expression.
#ifndef LODE_BUILTINS_H
#define LODE_BUILTINS_H

#include "runtime/engine/code.h"

typedef struct lode_builtin {
  const char *id;       // "fs/promises"
  const char *path;     // in the source tree: "modules/fs/promises.js"
  engine_script script; // wrapped ASCII text
} lode_builtin;

extern lode_builtin lode_builtins[]; // sorted by id
extern const unsigned lode_builtin_count;

// Their compiled code, which the build makes last (tools/compile.c): an empty one where it could not, and in
// the build's own programs.
extern const engine_code_place lode_code_places[];
extern const char lode_code[], lode_code_end[];
extern const uint32_t lode_code_version;

// Makes the compiled code usable. Once, before the first engine.
void builtins_open_code(void);

// The name under which users see it in stacks.
void builtin_url(const lode_builtin *builtin, char *out, size_t size);

lode_builtin *builtin_find(const char *id); // NULL: none
// Evaluates a builtin's wrapper and returns its function; NULL with *exc set on failure. With LODE_LIB set
// the text comes from that directory instead.
js_val builtin_compile(js_ctx ctx, const char *id, js_val *exc);

#endif
