// SPDX-License-Identifier: MIT
//
// The rewritten text. A module becomes one expression, on the lines where it was:
//
//     [requests, imports, exports, flags, function lodeModule($lode_m,$lode_x){"use strict";var $lode1,...;
//       $lode_x({get a(){return a},...},function($,n){$lode1=$[0];...});0,0,0; BODY
//     }]
//
// or, with `lists_apart`, only the function in parentheses. Called, the function hands the loader an object
// of getters (the module's bindings) and a function that links its imports, and then evaluates. That is right
// for a module that no cycle goes through: what it imports has been evaluated by then. For the others the
// loader makes a generator of it by changing two places of the same length, `function ` into `function*` and
// the head's last six bytes `0,0,0;` into `yield;`: its first step instantiates, its second evaluates. A
// module with top-level await is a generator from the start. See runtime/loader/esm_link.js for the other
// side.
#include "syntax/parser.h"
#include "syntax/text.h"

// ---- Positions ----

static uint32_t units_between(const char *text, uint32_t from, uint32_t to) {
  uint32_t units = 0;
  for (uint32_t i = from; i < to; i++) {
    unsigned char c = (unsigned char)text[i];
    if ((c & 0xc0) != 0x80) units += c >= 0xf0 ? 2 : 1;
  }
  return units;
}

// Moves to an offset; asks in rising order are cheap.
static void place_move(syntax_cursor *where, uint32_t offset) {
  if (offset < where->at) *where = (syntax_cursor){.text = where->text, .line = 1};
  for (uint32_t i = where->at; i < offset; i++) {
    const unsigned char *c = (const unsigned char *)where->text + i;
    bool ends = *c == '\n' || (*c == '\r' && c[1] != '\n') ||
                (c[0] == 0xa8 && i >= 2 && c[-1] == 0x80 && c[-2] == 0xe2) ||
                (c[0] == 0xa9 && i >= 2 && c[-1] == 0x80 && c[-2] == 0xe2);
    if (ends) where->line++, where->line_start = i + 1;
  }
  where->at = offset;
}

void syntax_cursor_move(syntax_cursor *cursor, uint32_t offset, uint32_t *line, uint32_t *column) {
  place_move(cursor, offset);
  *line = cursor->line;
  *column = units_between(cursor->text, cursor->line_start, offset) + 1;
}

void syntax_place(const char *text, uint32_t offset, uint32_t *line, uint32_t *column) {
  syntax_cursor where = {.text = text, .line = 1};
  syntax_cursor_move(&where, offset, line, column);
}

static void add_place(text *t, syntax_cursor *where, uint32_t offset) {
  place_move(where, offset);
  text_byte(t, ',');
  text_number(t, where->line);
  text_byte(t, ',');
  text_number(t, units_between(where->text, where->line_start, offset) + 1);
}

// ---- The lists ----

static void add_string(text *t, syntax_name name) {
  text_byte(t, '"');
  char *at = text_room(t, (size_t)name.length * 6 + 2);
  t->length += (size_t)(syntax_quote(name, at) - at);
  text_byte(t, '"');
}

static void add_name_or_null(text *t, syntax_name name) {
  if (name.bytes)
    add_string(t, name);
  else
    text_literal(t, "null");
}

static void add_requests(text *t, const syntax_result *r, syntax_cursor *where) {
  text_literal(t, "[[");
  for (uint32_t i = 0; i < r->request_count; i++) {
    const syntax_request *request = &r->requests[i];
    if (i) text_byte(t, ',');
    add_string(t, request->specifier);
    if (request->attribute_count) {
      text_literal(t, ",{__proto__:null");
      for (uint32_t a = 0; a < request->attribute_count; a++) {
        text_literal(t, ",[");
        add_string(t, request->attributes[a].key);
        text_literal(t, "]:");
        add_string(t, request->attributes[a].value);
      }
      text_byte(t, '}');
    } else {
      text_literal(t, ",null");
    }
    text_byte(t, ',');
    text_number(t, request->phase);
    text_add(t, request->wants_namespace ? ",1" : ",0", 2);
    add_place(t, where, request->at);
  }
}

static void add_imports(text *t, const syntax_result *r, syntax_cursor *where) {
  text_literal(t, "],[");
  for (uint32_t i = 0; i < r->import_count; i++) {
    const syntax_import *import = &r->imports[i];
    if (i) text_byte(t, ',');
    text_number(t, import->request);
    text_byte(t, ',');
    add_name_or_null(t, import->imported);
    text_byte(t, ',');
    add_string(t, import->local);
    add_place(t, where, import->at);
  }
}

static void add_exports(text *t, const syntax_result *r) {
  text_literal(t, "],[");
  for (uint32_t i = 0; i < r->export_count; i++) {
    const syntax_export *e = &r->exports[i];
    if (i) text_byte(t, ',');
    text_number(t, (uint32_t)e->kind);
    text_byte(t, ',');
    add_name_or_null(t, e->exported);
    text_byte(t, ',');
    add_name_or_null(t, e->local);
    text_byte(t, ',');
    text_number(t, e->request);
    text_byte(t, ',');
    add_name_or_null(t, e->imported);
  }
}

// ---- The head ----

static bool is_plain(syntax_name name) {
  for (uint32_t i = 0; i < name.length; i++) {
    char c = name.bytes[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
                  (i && c >= '0' && c <= '9');
    if (!letter) return false;
  }
  return name.length > 0;
}

static void add_property(text *t, syntax_name name) {
  if (is_plain(name)) {
    text_byte(t, '.');
    text_add(t, name.bytes, name.length);
  } else {
    text_byte(t, '[');
    add_string(t, name);
    text_byte(t, ']');
  }
}

static void add_getter(text *t, const syntax_export *e, bool first) {
  if (e->kind == SYNTAX_EXPORT_STAR) return;
  if (!first) text_byte(t, ',');
  text_literal(t, "get ");
  if (is_plain(e->exported))
    text_add(t, e->exported.bytes, e->exported.length);
  else
    add_string(t, e->exported);
  text_literal(t, "(){return ");
  if (e->kind == SYNTAX_EXPORT_LOCAL) {
    text_add(t, e->local.bytes, e->local.length);
  } else {
    text_literal(t, "$lode");
    text_number(t, e->request + 1);
    if (e->kind == SYNTAX_EXPORT_INDIRECT)
      add_property(t, e->imported);
    else
      text_byte(t, 'n');
  }
  text_byte(t, '}');
}

static void add_linker(text *t, const syntax_result *r) {
  text_literal(t, ",function($,n){");
  for (uint32_t i = 0; i < r->request_count; i++) {
    text_literal(t, "$lode");
    text_number(t, i + 1);
    text_literal(t, "=$[");
    text_number(t, i);
    text_literal(t, "];");
    if (!r->requests[i].wants_namespace) continue;
    text_literal(t, "$lode");
    text_number(t, i + 1);
    text_literal(t, "n=n[");
    text_number(t, i);
    text_literal(t, "];");
  }
  text_literal(t, "});");
}

static void add_variables(text *t, const syntax_result *r) {
  for (uint32_t i = 0; i < r->request_count; i++) {
    text_add(t, i ? ",$lode" : "var $lode", i ? 6 : 9);
    text_number(t, i + 1);
    if (!r->requests[i].wants_namespace) continue;
    text_literal(t, ",$lode");
    text_number(t, i + 1);
    text_byte(t, 'n');
  }
  if (r->request_count) text_byte(t, ';');
  if (r->saves_context) text_literal(t, "var $lodeT=0,$lodeF=0;");
}

static void add_lists(text *t, const syntax_result *r, const char *source) {
  syntax_cursor where = {.text = source, .line = 1};
  add_requests(t, r, &where);
  add_imports(t, r, &where);
  add_exports(t, r);
  text_literal(t, "],");
  text_number(t,
              (r->has_import_meta ? 1u : 0) | (r->has_top_await ? 2u : 0) | (r->has_top_for_await ? 4u : 0));
  text_byte(t, ',');
}

static void add_head(text *t, const syntax_result *r, const char *source, bool lists_apart) {
  if (lists_apart)
    text_byte(t, '(');
  else
    add_lists(t, r, source);
  bool generator = r->has_top_await && !r->has_top_for_await;
  if (r->has_top_for_await)
    text_literal(t, "async function");
  else
    text_literal(t, "function");
  text_byte(t, generator ? '*' : ' ');
  text_literal(t, "lodeModule($lode_m,$lode_x){\"use strict\";");
  add_variables(t, r);
  if (r->has_top_for_await) text_literal(t, "await ");
  text_literal(t, "$lode_x({");
  size_t start = t->length;
  for (uint32_t i = 0; i < r->export_count; i++) add_getter(t, &r->exports[i], t->length == start);
  text_byte(t, '}');
  add_linker(t, r);
  if (r->default_needs_name) text_literal(t, "$lode.n($lode_d);");
  text_add(t, generator ? "yield;" : "0,0,0;", 6);
}

// ---- The whole ----

static void add_varint(text *t, uint32_t n) {
  for (; n >= 0x80; n >>= 7) text_byte(t, (char)(n | 0x80));
  text_byte(t, (char)n);
}

// One edit, as a position map reads it: the author's text before it that stays, what was put in, what was
// taken out.
static void add_mapped(text *map, const char *source, uint32_t from, uint32_t at, uint32_t inserted,
                       syntax_name removed) {
  if (!map) return;
  add_varint(map, units_between(source, from, at));
  add_varint(map, inserted);
  add_varint(map, removed.length);
  text_add(map, removed.bytes, removed.length);
}

char *syntax_rewritten_take(const syntax_result *r, const char *source, size_t length,
                            const syntax_options *options, size_t *out_length, char **out_map,
                            size_t *map_length) {
  text t = {0}, map = {0};
  text *m = out_map ? &map : NULL;
  uint32_t from = 0;
  text_room(&t, length + length / 8);
  if (options->goal == SYNTAX_MODULE) {
    add_head(&t, r, source, options->lists_apart);
    add_mapped(m, source, 0, 0, units_between(t.bytes, 0, (uint32_t)t.length), (syntax_name){"", 0});
  }
  for (uint32_t i = 0; i < r->edit_count; i++) {
    const syntax_edit *e = &r->edits[i];
    text_add(&t, source + from, e->at - from);
    text_add(&t, e->inserted.bytes, e->inserted.length);
    add_mapped(m, source, from, e->at, units_between(e->inserted.bytes, 0, e->inserted.length),
               (syntax_name){source + e->at, e->removed});
    from = e->at + e->removed;
  }
  text_add(&t, source + from, length - from);
  if (options->goal == SYNTAX_MODULE) text_add(&t, options->lists_apart ? "\n})" : "\n}]", 3);
  *text_room(&t, 1) = 0;
  *out_length = t.length;
  if (out_map) {
    *out_map = map.bytes;
    *map_length = map.length;
  }
  return t.bytes;
}
