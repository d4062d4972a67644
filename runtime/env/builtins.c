// SPDX-License-Identifier: MIT
//
// Finding and evaluating the embedded JavaScript halves.
#include "runtime/env/builtins.h"
#include "runtime/engine/vm.h"
#include "runtime/env/internal.h"

#include <stdio.h>
#include <stdlib.h>

static int by_id(const void *id, const void *entry) { return strcmp(id, ((const lode_builtin *)entry)->id); }

lode_builtin *builtin_find(const char *id) {
  return bsearch(id, lode_builtins, lode_builtin_count, sizeof *lode_builtins, by_id);
}

static char *read_file_take(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) return NULL;
  char *text = NULL;
  size_t length = 0, capacity = 0, got;
  do {
    if (capacity - length < 65536) text = lode_realloc(text, capacity += 131072);
    got = fread(text + length, 1, capacity - length - 1, file);
    length += got;
  } while (got);
  fclose(file);
  text[length] = 0;
  return text;
}

// The developer's road: the same wrapper round the file of the tree.
static js_val compile_from_tree(js_ctx ctx, const char *root, const lode_builtin *builtin, const char *url,
                                js_val *exc) {
  char *path = lode_sprintf("%s/%s", root, builtin->path);
  char *text = read_file_take(path);
  if (!text) {
    js_throw_error(ctx, exc, "Error", "ENOENT", "LODE_LIB: cannot read %s", path);
    free(path);
    return NULL;
  }
  char *wrapped = lode_sprintf("(function (exports, require, module, process, binding) {%s\n})", text);
  js_val fn = engine_eval(ctx, js_str(ctx, wrapped), js_str(ctx, url), 1, exc);
  free(wrapped);
  free(text);
  free(path);
  return fn;
}

static bool is_public_path(const char *id) {
  static const char *const inner[] = {"web/", "runtime/", "internal/"};
  for (size_t i = 0; i < LODE_COUNT(inner); i++)
    if (!strncmp(id, inner[i], strlen(inner[i]))) return false;
  const char *slash = strchr(id, '/');
  return !slash || !strcmp(slash, "/promises") || !strcmp(slash, "/types") || !strcmp(slash, "/web") ||
         !strcmp(slash, "/strict") || !strcmp(slash, "/posix") || !strcmp(slash, "/win32") ||
         !strcmp(slash, "/consumers") || !strcmp(slash, "/reporters");
}

// Users' module ids as they are, lode's inner ones under node:internal/.
void builtin_url(const lode_builtin *builtin, char *out, size_t size) {
  bool as_it_is = is_public_path(builtin->id) || !strncmp(builtin->id, "internal/", 9);
  snprintf(out, size, as_it_is ? "node:%s" : "node:internal/%s", builtin->id);
}

void builtins_open_code(void) {
  engine_code_open(lode_code, (size_t)(lode_code_end - lode_code), lode_code_version);
}

js_val builtin_compile(js_ctx ctx, const char *id, js_val *exc) {
  lode_builtin *builtin = builtin_find(id);
  if (!builtin) {
    js_throw_error(ctx, exc, "Error", "ERR_UNKNOWN_BUILTIN_MODULE", "No such built-in module: %s", id);
    return NULL;
  }
  char url[160];
  builtin_url(builtin, url, sizeof url);
  const char *root = env_current()->lib_root;
  if (root) return compile_from_tree(ctx, root, builtin, url, exc);
  return engine_eval_script(ctx, &builtin->script, url, exc);
}

JS_FN(compile) {
  js_text id;
  if (!js_text_take(ctx, JS_ARG(0), &id, exc)) return js_undefined();
  js_val fn = builtin_compile(ctx, id.data, exc);
  js_text_drop(&id);
  return fn ? fn : js_undefined();
}

// The author's text of a file in the tree and its url, where LODE_LIB says that files come from there.
JS_FN(tree) {
  js_text id;
  const char *root = env_current()->lib_root;
  if (!root || !js_text_take(ctx, JS_ARG(0), &id, exc)) return js_undefined();
  const lode_builtin *builtin = builtin_find(id.data);
  char *path = builtin ? lode_sprintf("%s/%s", root, builtin->path) : NULL;
  char *text = path ? read_file_take(path) : NULL;
  char url[160] = "";
  if (builtin) builtin_url(builtin, url, sizeof url);
  js_text_drop(&id);
  js_val pair[2] = {text ? js_str(ctx, text) : js_undefined(), js_str(ctx, url)};
  free(path);
  free(text);
  return (js_val)js_array(ctx, 2, pair);
}

JS_FN(exists) {
  js_text id;
  if (!js_text_take(ctx, JS_ARG(0), &id, exc)) return js_undefined();
  bool found = builtin_find(id.data);
  js_text_drop(&id);
  return js_bool(found);
}

JS_FN(ids) {
  js_obj list = js_array(ctx, 0, NULL);
  for (unsigned i = 0; i < lode_builtin_count; i++)
    js_set_index(ctx, list, i, js_str(ctx, lode_builtins[i].id));
  return list;
}

static void builtins_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {
      {"compile", compile}, {"tree", tree}, {"exists", exists}, {"ids", ids}};
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(builtins, 0, builtins_init, NULL);
