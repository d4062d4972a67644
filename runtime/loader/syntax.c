// SPDX-License-Identifier: MIT
//
// binding('syntax'): the parser, for the loaders.
//
//     rewrite(source, goal, referrer, flags) => { code, edits, error, line, column, endColumn, flags,
//                                                 cjsExports, cjsReexports, vars, functions, free }
//
//     module(source, url, context) => [requests, imports, exports, flags, code, edits, free], or the result
//     with its error
//
// goal: 0 script, 1 CommonJS, 2 module, 3 direct eval. flags: 1 asks for the names that a CommonJS file
// exports, 2 for the check alone, 4 says that the text runs in a context (vars, functions, free: its names;
// each of the free ones is followed by its uses, see syntax/syntax.h). Of the result, code is undefined where
// the text can run as it is, and error where there is none; flags are 1 module syntax seen, 2 top-level
// await, 4 import().
#include "runtime/env/env.h"
#include "syntax/syntax.h"

#include <stdlib.h>

enum { WANT_CJS_NAMES = 1, WANT_CHECK_ONLY = 2, FOR_CONTEXT = 4 };
enum { SAW_MODULE_SYNTAX = 1, SAW_TOP_AWAIT = 2, SAW_DYNAMIC_IMPORT = 4 };

// A list in the making. Values stand on the C stack, where the collector sees them, and move into an array
// when there are more than that: never in heap memory.
typedef struct list {
  js_val values[200];
  unsigned count;
  js_obj array; // NULL while all of them fit
} list;

static void list_add(js_ctx ctx, list *l, js_val value) {
  if (!l->array && l->count == LODE_COUNT(l->values)) l->array = js_array(ctx, l->count, l->values);
  if (l->array)
    js_set_index(ctx, l->array, l->count, value);
  else
    l->values[l->count] = value;
  l->count++;
}

static js_val list_end(js_ctx ctx, const list *l) {
  return (js_val)(l->array ? l->array : js_array(ctx, l->count, l->values));
}

static js_val name_list(js_ctx ctx, const syntax_name *names, uint32_t count) {
  js_obj list = js_array(ctx, 0, NULL);
  for (uint32_t i = 0; i < count; i++)
    js_set_index(ctx, list, i, js_str_utf8(ctx, names[i].bytes, names[i].length));
  return (js_val)list;
}

static js_val free_names(js_ctx ctx, const syntax_context_names *names) {
  list values = {.count = 0};
  for (uint32_t i = 0; i < names->free_count; i++) {
    list_add(ctx, &values, js_str_utf8(ctx, names->free[i].name.bytes, names->free[i].name.length));
    list_add(ctx, &values, js_int(names->free[i].uses));
  }
  return list_end(ctx, &values);
}

static void add_context_names(js_ctx ctx, js_obj out, const syntax_context_names *names) {
  js_set(ctx, out, "vars", name_list(ctx, names->vars, names->var_count));
  js_set(ctx, out, "functions", name_list(ctx, names->functions, names->function_count));
  js_set(ctx, out, "free", free_names(ctx, names));
}

static void add_code(js_ctx ctx, js_obj out, const syntax_result *result, const js_text *source,
                     const syntax_options *options) {
  size_t length, map_length = 0;
  char *map = NULL;
  char *code =
      syntax_rewritten_take(result, source->data, source->length, options, &length, &map, &map_length);
  js_set(ctx, out, "code", js_str_utf8(ctx, code, length));
  js_set(ctx, out, "edits", map_length ? (js_val)js_uint8array_take(ctx, map, map_length) : js_undefined());
  free(code);
}

static void add_error(js_ctx ctx, js_obj out, const syntax_result *result) {
  js_set(ctx, out, "error", js_str(ctx, result->error));
  js_set(ctx, out, "line", js_int((int32_t)result->line));
  js_set(ctx, out, "column", js_int((int32_t)result->column));
  js_set(ctx, out, "endColumn", js_int((int32_t)(result->column + result->error_end - result->error_at)));
}

// The referrer as the content of a string literal.
static char *quoted_take(const js_text *text) {
  char *out = lode_alloc(text->length * 6 + 1);
  *syntax_quote((syntax_name){text->data, (uint32_t)text->length}, out) = 0;
  return out;
}

static js_val result_object(js_ctx ctx, const syntax_result *result, const js_text *source,
                            const syntax_options *options, int flags) {
  js_obj out = js_object(ctx);
  if (result->error)
    add_error(ctx, out, result);
  else if (options->rewrite && (result->edit_count || options->goal == SYNTAX_MODULE))
    add_code(ctx, out, result, source, options);
  js_set(ctx, out, "flags",
         js_int((result->has_module_syntax ? SAW_MODULE_SYNTAX : 0) |
                (result->has_top_await ? SAW_TOP_AWAIT : 0) |
                (result->has_dynamic_import ? SAW_DYNAMIC_IMPORT : 0)));
  if (flags & WANT_CJS_NAMES) {
    js_set(ctx, out, "cjsExports", name_list(ctx, result->cjs_exports, result->cjs_export_count));
    js_set(ctx, out, "cjsReexports", name_list(ctx, result->cjs_reexports, result->cjs_reexport_count));
  }
  if (options->context && !result->error) add_context_names(ctx, out, &result->names);
  return (js_val)out;
}

// ---- Modules ----

static js_val name_or_null(js_ctx ctx, syntax_name name) {
  return name.bytes ? js_str_utf8(ctx, name.bytes, name.length) : js_null();
}

static js_val attributes_of(js_ctx ctx, const syntax_request *request) {
  if (!request->attribute_count) return js_null();
  list values = {.count = 0};
  for (uint32_t i = 0; i < request->attribute_count; i++) {
    list_add(ctx, &values, name_or_null(ctx, request->attributes[i].key));
    list_add(ctx, &values, name_or_null(ctx, request->attributes[i].value));
  }
  return list_end(ctx, &values);
}

static void add_place(js_ctx ctx, list *values, syntax_cursor *cursor, uint32_t offset) {
  uint32_t line, column;
  syntax_cursor_move(cursor, offset, &line, &column);
  list_add(ctx, values, js_int((int32_t)line));
  list_add(ctx, values, js_int((int32_t)column));
}

// The three flat lists, in the strides that runtime/loader/esm_record.js names.
static js_val requests_of(js_ctx ctx, const syntax_result *result, const char *text) {
  syntax_cursor cursor = {text, 0, 1, 0};
  list values = {.count = 0};
  for (uint32_t i = 0; i < result->request_count; i++) {
    const syntax_request *request = &result->requests[i];
    list_add(ctx, &values, name_or_null(ctx, request->specifier));
    list_add(ctx, &values, attributes_of(ctx, request));
    list_add(ctx, &values, js_int((int)request->phase));
    list_add(ctx, &values, js_int(request->wants_namespace));
    add_place(ctx, &values, &cursor, request->at);
  }
  return list_end(ctx, &values);
}

static js_val imports_of(js_ctx ctx, const syntax_result *result, const char *text) {
  syntax_cursor cursor = {text, 0, 1, 0};
  list values = {.count = 0};
  for (uint32_t i = 0; i < result->import_count; i++) {
    const syntax_import *import = &result->imports[i];
    list_add(ctx, &values, js_int((int32_t)import->request));
    list_add(ctx, &values, name_or_null(ctx, import->imported));
    list_add(ctx, &values, name_or_null(ctx, import->local));
    add_place(ctx, &values, &cursor, import->at);
  }
  return list_end(ctx, &values);
}

static js_val exports_of(js_ctx ctx, const syntax_result *result) {
  list values = {.count = 0};
  for (uint32_t i = 0; i < result->export_count; i++) {
    const syntax_export *export = &result->exports[i];
    list_add(ctx, &values, js_int((int)export->kind));
    list_add(ctx, &values, name_or_null(ctx, export->exported));
    list_add(ctx, &values, name_or_null(ctx, export->local));
    list_add(ctx, &values, js_int((int32_t) export->request));
    list_add(ctx, &values, name_or_null(ctx, export->imported));
  }
  return list_end(ctx, &values);
}

static js_val module_parts(js_ctx ctx, const syntax_result *result, const js_text *source,
                           const syntax_options *options) {
  size_t length, map_length = 0;
  char *map = NULL;
  char *code =
      syntax_rewritten_take(result, source->data, source->length, options, &length, &map, &map_length);
  js_val parts[] = {
      requests_of(ctx, result, source->data),
      imports_of(ctx, result, source->data),
      exports_of(ctx, result),
      js_int((result->has_import_meta ? 1 : 0) | (result->has_top_await ? 2 : 0) |
             (result->has_top_for_await ? 4 : 0)),
      js_str_utf8(ctx, code, length),
      (js_val)js_uint8array_take(ctx, map, map_length),
      js_undefined(),
  };
  free(code);
  if (options->context) parts[LODE_COUNT(parts) - 1] = free_names(ctx, &result->names);
  return (js_val)js_array(ctx, LODE_COUNT(parts) - !options->context, parts);
}

// (source, url, context) => [requests, imports, exports, flags, code, edits, free?], or what rewrite answers
// to an error
JS_FN(module) {
  js_text source, referrer;
  if (!js_text_take(ctx, JS_ARG(0), &source, exc)) return js_undefined();
  if (!js_text_take(ctx, JS_ARG(1), &referrer, exc)) {
    js_text_drop(&source);
    return js_undefined();
  }
  char *quoted = quoted_take(&referrer);
  syntax_options options = {.goal = SYNTAX_MODULE,
                            .rewrite = true,
                            .hashbang = true,
                            .referrer = quoted,
                            .lists_apart = true,
                            .context = js_truthy(ctx, JS_ARG(2))};
  syntax_result *result = syntax_parse_new(source.data, source.length, &options);
  js_lock(ctx);
  js_val out = result->error ? result_object(ctx, result, &source, &options, 0)
                             : module_parts(ctx, result, &source, &options);
  js_unlock(ctx);
  syntax_result_free(result);
  free(quoted);
  js_text_drop(&referrer);
  js_text_drop(&source);
  return out;
}

JS_FN(rewrite) {
  js_text source, referrer;
  int goal = js_to_int(JS_ARG(1), 0), flags = js_to_int(JS_ARG(3), 0);
  CHECK(goal >= SYNTAX_SCRIPT && goal <= SYNTAX_EVAL);
  if (!js_text_take(ctx, JS_ARG(0), &source, exc)) return js_undefined();
  if (!js_text_take(ctx, JS_ARG(2), &referrer, exc)) {
    js_text_drop(&source);
    return js_undefined();
  }
  char *quoted = quoted_take(&referrer);
  syntax_options options = {.goal = (syntax_goal)goal,
                            .rewrite = !(flags & WANT_CHECK_ONLY),
                            .find_cjs_names = flags & WANT_CJS_NAMES,
                            .hashbang = goal != SYNTAX_EVAL,
                            .referrer = quoted,
                            .context = flags & FOR_CONTEXT};
  syntax_result *result = syntax_parse_new(source.data, source.length, &options);
  js_lock(ctx);
  js_val out = result_object(ctx, result, &source, &options, flags);
  js_unlock(ctx);
  syntax_result_free(result);
  free(quoted);
  js_text_drop(&referrer);
  js_text_drop(&source);
  return out;
}

static void syntax_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {{"rewrite", rewrite}, {"module", module}};
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(syntax, 1, syntax_init, NULL);
