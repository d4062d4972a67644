// SPDX-License-Identifier: MIT
//
// Collecting edits. They come in the order in which the parser learns of them, and are put in order of the
// text at the end; at one place, what closes a construct stands before what opens one.
#include "syntax/parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void push(parser *p, int order, uint32_t at, uint32_t removed, const char *text, uint32_t length) {
  *ARENA_PUSH(&p->memory, p->edits, p->edit_count, p->edit_capacity) =
      (pending_edit){.at = at,
                     .removed = removed,
                     .order = (uint32_t)order << 29 | p->edit_count,
                     .inserted = {text, length}};
}

void edit(parser *p, int order, uint32_t at, uint32_t removed, const char *text) {
  push(p, order, at, removed, text, (uint32_t)strlen(text));
}

// In the arena. `args` is read twice, so the caller's is spent.
static char *format_args(parser *p, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  size_t size = (size_t)vsnprintf(NULL, 0, format, args) + 1;
  char *text = arena_alloc(&p->memory, size);
  vsnprintf(text, size, format, again);
  va_end(again);
  return text;
}

char *syntax_format(parser *p, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *text = format_args(p, format, args);
  va_end(args);
  return text;
}

void edit_format(parser *p, int order, uint32_t at, uint32_t removed, const char *format, ...) {
  va_list args;
  va_start(args, format);
  edit(p, order, at, removed, format_args(p, format, args));
  va_end(args);
}

static uint32_t line_end_at(const char *text) {
  if (*text == '\n' || *text == '\r') return 1;
  const unsigned char *c = (const unsigned char *)text;
  return c[0] == 0xe2 && c[1] == 0x80 && (c[2] & 0xfe) == 0xa8 ? 3 : 0;
}

void edit_replace(parser *p, int order, uint32_t at, uint32_t end, const char *text) {
  if (!p->rewriting) return;
  const char *source = p->lex.text;
  uint32_t from = at;
  bool written = false;
  while (from < end || !written) {
    uint32_t to = from;
    while (to < end && !line_end_at(source + to)) to++;
    if (to > from || !written) edit(p, order, from, to - from, written ? "" : text);
    written = true;
    from = to;
    while (from < end && line_end_at(source + from)) from += line_end_at(source + from);
  }
}

// ---- Names of imports ----

static bool is_identifier_name(syntax_name name) {
  if (name.length == 0) return false;
  for (uint32_t i = 0; i < name.length; i++) {
    unsigned char c = (unsigned char)name.bytes[i];
    bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
    if (!letter && c != '_' && c != '$' && !(i > 0 && c >= '0' && c <= '9')) return false;
  }
  return true;
}

// The text of a property access: .name or ["name"].
static const char *property_of(parser *p, syntax_name name) {
  if (is_identifier_name(name)) return syntax_format(p, ".%.*s", (int)name.length, name.bytes);
  char *out = arena_alloc(&p->memory, (size_t)name.length * 6 + 5), *at = out;
  *at++ = '[';
  *at++ = '"';
  at = syntax_quote(name, at);
  memcpy(at, "\"]", 3);
  return out;
}

char *syntax_quote(syntax_name name, char *at) {
  for (uint32_t i = 0; i < name.length; i++) {
    unsigned char c = (unsigned char)name.bytes[i];
    if (c == '"' || c == '\\')
      *at++ = '\\', *at++ = (char)c;
    else if (c < 0x20 || c == 0x7f)
      at += sprintf(at, "\\u%04x", c);
    else
      *at++ = (char)c;
  }
  return at;
}

void edit_name(parser *p, const reference *ref, uint32_t import_index) {
  if (!p->rewriting) return;
  const syntax_import *import = &p->result->imports[import_index];
  uint32_t number = import->request + 1;
  const char *property = "";
  if (import->imported.bytes) {
    property = property_of(p, import->imported);
  } else if (ref->flags & REF_WRITTEN) {
    // A namespace is a variable here, but a constant there: this property only reads.
    edit(p, EDIT_OPEN, ref->start, ref->end - ref->start, "$lode.o");
    return;
  } else if (!(ref->flags & REF_MEMBER)) {
    property = "n";
    p->result->requests[import->request].wants_namespace = true;
  }
  if (ref->flags & REF_SHORTHAND)
    edit_format(p, EDIT_CLOSE, ref->end, 0, ":$lode%u%s", number, property);
  else if ((ref->flags & REF_CALLEE) && import->imported.bytes)
    edit_format(p, EDIT_OPEN, ref->start, ref->end - ref->start, "%s(0,$lode%u%s)",
                ref->flags & REF_HAZARD ? ";" : "", number, property);
  else
    edit_format(p, EDIT_OPEN, ref->start, ref->end - ref->start, "$lode%u%s", number, property);
}

// ---- Putting them in order ----

static int in_order(const void *a, const void *b) {
  const pending_edit *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

void edits_finish(parser *p) {
  syntax_result *r = p->result;
  // At the top of a module `await` becomes `yield`: the body is a generator, driven by the loader.
  if (!r->has_top_for_await)
    for (uint32_t i = 0; i < p->top_await_count; i++) {
      syntax_name *text = &p->edits[p->top_awaits[i]].inserted;
      text->bytes = text->length == sizeof AWAIT_PLAIN - 1 ? "),yield $lode.v)" : "),yield $lode.v,$lodeT=0)";
    }
  bool hashbang = p->options.hashbang && p->lex.end - p->lex.text >= 2 && !memcmp(p->lex.text, "#!", 2);
  if (hashbang && (p->edit_count || p->module)) edit(p, EDIT_CLOSE, 0, 2, "//");
  if (!p->edit_count) return;
  qsort(p->edits, p->edit_count, sizeof *p->edits, in_order);
  r->edits = arena_alloc(&p->memory, p->edit_count * sizeof *r->edits);
  r->edit_count = p->edit_count;
  for (uint32_t i = 0; i < p->edit_count; i++)
    r->edits[i] = (syntax_edit){p->edits[i].at, p->edits[i].removed, p->edits[i].inserted};
}
