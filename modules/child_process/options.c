// SPDX-License-Identifier: MIT
//
// uv_process_options_t from JavaScript values.
#include "modules/child_process/options.h"
#include "runtime/engine/engine.h"

#include <stdlib.h>

static void free_list(char **list) {
  if (!list) return;
  for (char **p = list; *p; p++) free(*p);
  free(list);
}

static char **take_list(js_ctx ctx, js_val value) {
  if (!js_is_object(ctx, value)) return NULL;
  js_obj array = js_as_object(value);
  uint32_t count = js_length(ctx, array), filled = 0;
  char **list = lode_zalloc(sizeof *list * ((size_t)count + 1));
  for (uint32_t i = 0; i < count; i++) {
    list[filled] = js_strdup(ctx, js_get_index(ctx, array, i));
    if (list[filled]) filled++;
  }
  return list;
}

int spawn_options_take(js_ctx ctx, size_t argc, const js_val argv[], struct spawn_options *out) {
  memset(out, 0, sizeof *out);
  out->file = js_strdup(ctx, JS_ARG(0));
  out->args = take_list(ctx, JS_ARG(1));
  if (!js_is_nullish(JS_ARG(2))) out->env = take_list(ctx, argv[2]);
  if (!js_is_nullish(JS_ARG(3))) out->cwd = js_strdup(ctx, argv[3]);
  if (!out->file || !out->args) return UV_EINVAL;
  out->uv.file = out->file;
  out->uv.args = out->args;
  out->uv.env = out->env;
  out->uv.cwd = out->cwd;
  out->uv.flags = (unsigned)js_to_int(JS_ARG(4), 0);
  if (js_is_number(JS_ARG(5))) {
    out->uv.flags |= UV_PROCESS_SETUID;
    out->uv.uid = (uv_uid_t)js_to_int(argv[5], 0);
  }
  if (js_is_number(JS_ARG(6))) {
    out->uv.flags |= UV_PROCESS_SETGID;
    out->uv.gid = (uv_gid_t)js_to_int(argv[6], 0);
  }
  return 0;
}

void spawn_options_drop(struct spawn_options *options) {
  free(options->file);
  free(options->cwd);
  free_list(options->args);
  free_list(options->env);
  free(options->stdio);
}
