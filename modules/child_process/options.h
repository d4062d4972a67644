// SPDX-License-Identifier: MIT
//
// uv_process_options_t from JavaScript values, for spawn and spawnSync.
#ifndef LODE_CHILD_PROCESS_OPTIONS_H
#define LODE_CHILD_PROCESS_OPTIONS_H

#include "runtime/env/env.h"

// What an entry of the stdio list asks for; JavaScript passes [kind, value, input] triples in one flat array.
enum { STDIO_IGNORE, STDIO_PIPE, STDIO_FD, STDIO_STREAM, STDIO_FIELDS = 3 };

struct spawn_options {
  uv_process_options_t uv;
  char *file, *cwd;
  char **args, **env;
  uv_stdio_container_t *stdio;
};

// argv: file, args, env | undefined, cwd | undefined, flags, uid | undefined, gid | undefined. Leaves stdio
// empty. 0, or a negative errno. Drop it in both cases.
int spawn_options_take(js_ctx ctx, size_t argc, const js_val argv[], struct spawn_options *out);
void spawn_options_drop(struct spawn_options *options);

#endif
