// SPDX-License-Identifier: MIT
//
// import and export (ECMA-262, 16.2), and import() and import.meta.
//
// Declarations vanish from the text: an import wholly, an export's keyword. What they say goes into the
// result's lists.
#include "syntax/parser.h"

// ---- Requests ----

static bool same_name(syntax_name a, syntax_name b) {
  return a.length == b.length && !memcmp(a.bytes, b.bytes, a.length);
}

static bool same_request(const syntax_request *a, const syntax_request *b) {
  if (a->phase != b->phase || a->attribute_count != b->attribute_count) return false;
  for (uint32_t i = 0; i < a->attribute_count; i++)
    if (!same_name(a->attributes[i].key, b->attributes[i].key) ||
        !same_name(a->attributes[i].value, b->attributes[i].value))
      return false;
  return same_name(a->specifier, b->specifier);
}

static uint32_t add_request(parser *p, const syntax_request *request) {
  syntax_result *r = p->result;
  atom *specifier = lexer_intern(&p->lex, request->specifier.bytes, request->specifier.length);
  for (uint32_t i = specifier->request; i > 0 && i <= r->request_count; i++)
    if (same_request(&r->requests[i - 1], request)) return i - 1;
  *ARENA_PUSH(&p->memory, r->requests, r->request_count, p->request_capacity) = *request;
  if (!specifier->request) specifier->request = r->request_count;
  return r->request_count - 1;
}

// A name or a string, as export names are. Sets *reserved where it could not be a local name.
static syntax_name parse_export_name(parser *p, bool *reserved) {
  syntax_name name;
  *reserved = true;
  if (is(p, T_STRING)) {
    bool lone;
    name = lexer_string_value(&p->lex, &TOK, &lone);
    if (lone) fail(p, TOK.start, TOK.end, "Invalid module export name: contains unpaired surrogate");
  } else if (is(p, T_NAME) || TOK.type >= T_IN) {
    *reserved = !may_be_name(p);
    atom *word = is(p, T_NAME) ? TOK.name : lexer_word_atom(&p->lex);
    name = (syntax_name){word->bytes, word->length};
  } else {
    unexpected(p);
  }
  next(p);
  return name;
}

static void parse_attributes(parser *p, syntax_request *request) {
  uint32_t capacity = 0;
  if (!is(p, T_WITH)) return;
  next(p);
  expect(p, T_LBRACE);
  while (!is(p, T_RBRACE)) {
    syntax_attribute attribute;
    uint32_t start = TOK.start;
    if (is(p, T_STRING)) {
      attribute.key = lexer_string_value(&p->lex, &TOK, NULL);
    } else if (is(p, T_NAME) || TOK.type >= T_IN) {
      atom *word = is(p, T_NAME) ? TOK.name : lexer_word_atom(&p->lex);
      attribute.key = (syntax_name){word->bytes, word->length};
    } else {
      unexpected(p);
    }
    next(p);
    expect(p, T_COLON);
    if (!is(p, T_STRING)) unexpected(p);
    attribute.value = lexer_string_value(&p->lex, &TOK, NULL);
    for (uint32_t i = 0; i < request->attribute_count; i++)
      if (same_name(request->attributes[i].key, attribute.key))
        fail(p, start, p->lex.prev_end, "Import attribute has duplicate key '%.*s'",
             (int)attribute.key.length, attribute.key.bytes);
    *ARENA_PUSH(&p->memory, request->attributes, request->attribute_count, capacity) = attribute;
    next(p);
    if (!is(p, T_RBRACE)) expect(p, T_COMMA);
  }
  next(p);
}

// "specifier" [with {...}] ;
static uint32_t parse_request(parser *p, syntax_phase phase) {
  if (!is(p, T_STRING)) unexpected(p);
  syntax_request request = {
      .phase = phase, .at = TOK.start, .specifier = lexer_string_value(&p->lex, &TOK, NULL)};
  next(p);
  parse_attributes(p, &request);
  parse_semicolon(p);
  return add_request(p, &request);
}

static void expect_from(parser *p) {
  if (!is_word(p, WORD_FROM)) unexpected(p);
  next(p);
}

// ---- import ----

static void add_import(parser *p, syntax_name imported, const token *local) {
  check_binding_name(p, local);
  if (local->name->word == WORD_AWAIT) unexpected(p);
  declare(p, local->name, DECL_IMPORT, local->start, p->result->import_count);
  *ARENA_PUSH(&p->memory, p->result->imports, p->result->import_count, p->import_capacity) = (syntax_import){
      .imported = imported, .local = {local->name->bytes, local->name->length}, .at = local->start};
}

static token parse_local_name(parser *p) {
  if (!may_be_name(p)) unexpected(p);
  token name = TOK;
  next(p);
  return name;
}

static void parse_namespace_import(parser *p) {
  next(p);
  if (!is_word(p, WORD_AS)) unexpected(p);
  next(p);
  token local = parse_local_name(p);
  add_import(p, (syntax_name){NULL, 0}, &local);
}

static void parse_named_imports(parser *p) {
  next(p);
  while (!is(p, T_RBRACE)) {
    bool reserved;
    token local = TOK;
    syntax_name imported = parse_export_name(p, &reserved);
    if (is_word(p, WORD_AS)) {
      next(p);
      local = parse_local_name(p);
    } else if (reserved) {
      p->lex.tok = local;
      unexpected(p);
    }
    add_import(p, imported, &local);
    if (!is(p, T_RBRACE)) expect(p, T_COMMA);
  }
  next(p);
}

// `source` and `defer` before a binding are phases.
static syntax_phase parse_phase(parser *p) {
  if (!is_word(p, WORD_SOURCE) && !is_word(p, WORD_DEFER)) return SYNTAX_EVALUATION;
  bool defer = is_word(p, WORD_DEFER);
  token phase = TOK;
  lexer_mark mark = lexer_save(&p->lex);
  next(p);
  if (defer && is(p, T_STAR))
    fail(p, phase.start, phase.end, "Deferred imports (import defer) are not supported");
  if (!defer && is(p, T_NAME)) {
    // import source from 'x' has `source` as its binding, import source from from 'x' has not.
    bool phase_word = TOK.name->word != WORD_FROM;
    if (!phase_word) {
      lexer_mark at_from = lexer_save(&p->lex);
      next(p);
      phase_word = is_word(p, WORD_FROM);
      lexer_restore(&p->lex, at_from);
    }
    if (phase_word) return SYNTAX_SOURCE;
  }
  lexer_restore(&p->lex, mark);
  return SYNTAX_EVALUATION;
}

static syntax_phase parse_import_clause(parser *p) {
  syntax_phase phase = parse_phase(p);
  if (is(p, T_NAME)) {
    static const char name[] = "default";
    token local = parse_local_name(p);
    add_import(p, (syntax_name){name, 7}, &local);
    if (phase == SYNTAX_SOURCE || !eat(p, T_COMMA)) return phase;
  }
  if (is(p, T_STAR))
    parse_namespace_import(p);
  else if (is(p, T_LBRACE))
    parse_named_imports(p);
  else
    unexpected(p);
  return phase;
}

void parse_import_declaration(parser *p) {
  syntax_result *r = p->result;
  uint32_t start = TOK.start, first = r->import_count;
  if (!p->module || p->scope->outer) {
    if (!p->module) r->has_module_syntax = true;
    if (p->module) {
      next(p);
      unexpected(p);
    }
    fail(p, start, TOK.end, "Cannot use import statement outside a module");
  }
  r->has_module_syntax = true;
  next(p);
  syntax_phase phase = SYNTAX_EVALUATION;
  if (!is(p, T_STRING)) {
    phase = parse_import_clause(p);
    expect_from(p);
  }
  uint32_t request = parse_request(p, phase);
  for (uint32_t i = first; i < r->import_count; i++) r->imports[i].request = request;
  edit_replace(p, EDIT_OPEN, start, p->lex.prev_end, ";");
}

// ---- export ----

static syntax_export *add_export(parser *p, syntax_name exported, uint32_t start) {
  atom *name = lexer_intern(&p->lex, exported.bytes, exported.length);
  if (name->exported)
    fail(p, start, start + 1, "Duplicate export of '%.*s'", (int)exported.length, exported.bytes);
  name->exported = true;
  syntax_export *e = ARENA_PUSH(&p->memory, p->result->exports, p->result->export_count, p->export_capacity);
  *e = (syntax_export){.kind = SYNTAX_EXPORT_LOCAL, .exported = exported, .at = start};
  return e;
}

static syntax_name name_of(const atom *a) { return (syntax_name){a->bytes, a->length}; }

void module_export_declared(parser *p, atom *name, uint32_t start) {
  add_export(p, name_of(name), start)->local = name_of(name);
}

static void parse_export_star(parser *p, uint32_t start) {
  next(p);
  bool reserved, named = is_word(p, WORD_AS);
  syntax_export star = {.kind = SYNTAX_EXPORT_STAR, .at = start};
  syntax_export *e = &star;
  uint32_t index = NONE;
  if (named) {
    next(p);
    uint32_t at = TOK.start;
    e = add_export(p, parse_export_name(p, &reserved), at);
    e->kind = SYNTAX_EXPORT_STAR_AS;
    index = p->result->export_count - 1;
  }
  expect_from(p);
  uint32_t request = parse_request(p, SYNTAX_EVALUATION);
  if (index == NONE) {
    *ARENA_PUSH(&p->memory, p->result->exports, p->result->export_count, p->export_capacity) = star;
    index = p->result->export_count - 1;
  } else {
    p->result->requests[request].wants_namespace = true;
  }
  p->result->exports[index].request = request;
}

// export { a, b as c, default as d } [from 'x'];
static void parse_export_list(parser *p) {
  syntax_result *r = p->result;
  uint32_t first = r->export_count, first_local = p->local_export_count;
  token refused = {.type = T_EOF};
  next(p);
  while (!is(p, T_RBRACE)) {
    bool reserved, ignored;
    token local = TOK;
    syntax_name name = parse_export_name(p, &reserved), exported = name;
    uint32_t at = local.start;
    if (reserved && refused.type == T_EOF) refused = local;
    if (is_word(p, WORD_AS)) {
      next(p);
      at = TOK.start;
      exported = parse_export_name(p, &ignored);
    }
    syntax_export *e = add_export(p, exported, at);
    e->local = e->imported = name;
    *ARENA_PUSH(&p->memory, p->local_exports, p->local_export_count, p->local_export_capacity) =
        (struct local_export){lexer_intern(&p->lex, name.bytes, name.length), r->export_count - 1,
                              local.start};
    if (!is(p, T_RBRACE)) expect(p, T_COMMA);
  }
  next(p);
  if (is_word(p, WORD_FROM)) {
    next(p);
    uint32_t request = parse_request(p, SYNTAX_EVALUATION);
    for (uint32_t i = first; i < r->export_count; i++) {
      r->exports[i].kind = SYNTAX_EXPORT_INDIRECT;
      r->exports[i].request = request;
      r->exports[i].local = (syntax_name){NULL, 0};
    }
    p->local_export_count = first_local;
    return;
  }
  if (refused.type != T_EOF) {
    p->lex.tok = refused;
    unexpected(p);
  }
  for (uint32_t i = first; i < r->export_count; i++) r->exports[i].imported = (syntax_name){NULL, 0};
  parse_semicolon(p);
}

#define DEFAULT_NAME "$lode_d"

static void export_default_as(parser *p, uint32_t start, syntax_name local) {
  add_export(p, (syntax_name){"default", 7}, start)->local = local;
}

// A function or class with a name of its own is declared under it.
static syntax_name own_name(parser *p) {
  lexer_mark mark = lexer_save(&p->lex);
  syntax_name name = {DEFAULT_NAME, sizeof DEFAULT_NAME - 1};
  if (is_word(p, WORD_ASYNC)) next(p);
  bool class = is(p, T_CLASS);
  next(p);
  if (!class) eat(p, T_STAR);
  if (is(p, T_NAME)) name = name_of(TOK.name);
  lexer_restore(&p->lex, mark);
  return name;
}

// export default function () {}: gets a name to be declared under.
static void parse_default_function(parser *p, uint32_t start, bool async) {
  syntax_name name = own_name(p);
  export_default_as(p, start, name);
  uint32_t function_start = TOK.start;
  lexer_mark mark = lexer_save(&p->lex);
  if (async) next(p);
  next(p);
  if (is(p, T_STAR)) next(p);
  if (is(p, T_LPAREN)) {
    p->default_needs_name = true;
    edit(p, EDIT_OPEN, TOK.start, 0, " " DEFAULT_NAME);
  }
  lexer_restore(&p->lex, mark);
  if (async) next(p);
  parse_function_declaration(p, function_start, async, true, false);
}

static void parse_default_value(parser *p, uint32_t start, uint32_t after_default, bool class) {
  export_default_as(p, start, (syntax_name){DEFAULT_NAME, sizeof DEFAULT_NAME - 1});
  edit_replace(p, EDIT_OPEN, start, after_default, "const " DEFAULT_NAME "={default:");
  if (class)
    parse_class(p, true, true);
  else
    parse_assign(p);
  edit(p, EDIT_CLOSE, p->lex.prev_end, 0, "}.default;");
  if (!class) parse_semicolon(p);
}

static void parse_export_default(parser *p, uint32_t start) {
  uint32_t after_default = TOK.end;
  next(p);
  bool async = false;
  if (is_word(p, WORD_ASYNC)) {
    lexer_mark mark = lexer_save(&p->lex);
    next(p);
    async = is(p, T_FUNCTION) && !newline_before(p);
    lexer_restore(&p->lex, mark);
  }
  if (is(p, T_FUNCTION) || async) {
    edit_replace(p, EDIT_OPEN, start, after_default, "");
    parse_default_function(p, start, async);
  } else if (is(p, T_CLASS)) {
    syntax_name name = own_name(p);
    if (name.length == sizeof DEFAULT_NAME - 1 && !memcmp(name.bytes, DEFAULT_NAME, name.length)) {
      parse_default_value(p, start, after_default, true);
      return;
    }
    edit_replace(p, EDIT_OPEN, start, after_default, "");
    export_default_as(p, start, name);
    parse_class(p, true, true);
  } else {
    parse_default_value(p, start, after_default, false);
  }
}

static void parse_exported_declaration(parser *p, uint32_t start, uint32_t after_export) {
  edit_replace(p, EDIT_OPEN, start, after_export, "");
  if (!is(p, T_VAR) && !is(p, T_CONST) && !is(p, T_FUNCTION) && !is(p, T_CLASS) && !is_word(p, WORD_LET) &&
      !is_word(p, WORD_ASYNC))
    unexpected(p);
  if (is(p, T_VAR)) {
    p->exporting = true;
    parse_variables(p, DECL_VAR, false, false);
    p->exporting = false;
    parse_semicolon(p);
    return;
  }
  uint32_t before = p->result->export_count;
  bool pattern = !is(p, T_FUNCTION) && !is(p, T_CLASS) && !is_word(p, WORD_ASYNC);
  p->exporting = true;
  parse_statement_list_item(p);
  p->exporting = false;
  // `let` and `async` may open no declaration; an empty pattern declares nothing.
  if (!pattern && p->result->export_count == before)
    fail(p, start, after_export, "Unexpected token 'export'");
}

void parse_export_declaration(parser *p) {
  uint32_t start = TOK.start, after_export = TOK.end;
  if (!p->module || p->scope->outer) {
    if (!p->module) p->result->has_module_syntax = true;
    unexpected(p);
  }
  p->result->has_module_syntax = true;
  next(p);
  switch (TOK.type) {
  case T_STAR:
    parse_export_star(p, start);
    edit_replace(p, EDIT_OPEN, start, p->lex.prev_end, ";");
    return;
  case T_LBRACE:
    parse_export_list(p);
    edit_replace(p, EDIT_OPEN, start, p->lex.prev_end, ";");
    return;
  case T_DEFAULT:
    parse_export_default(p, start);
    return;
  default:
    parse_exported_declaration(p, start, after_export);
  }
}

// ---- import(), import.meta ----

static void parse_import_call(parser *p, uint32_t start, uint32_t keyword_end, bool source) {
  bool no_in = p->no_in;
  uint32_t targets = p->target_count;
  p->no_in = false;
  p->result->has_dynamic_import = true;
  const char *context = source ? "$lodeX.s" : "$lodeX.i", *plain = source ? "$lode.s" : "$lode.i";
  if (p->rewriting) edit_replace(p, EDIT_OPEN, start, keyword_end, p->options.context ? context : plain);
  next(p);
  if (is(p, T_RPAREN)) fail_before(p, "import() requires a specifier");
  parse_assign(p);
  if (p->rewriting)
    edit_format(p, EDIT_CLOSE, p->lex.prev_end, 0, ",\"%s\"", p->options.referrer ? p->options.referrer : "");
  if (eat(p, T_COMMA) && !is(p, T_RPAREN)) {
    parse_assign(p);
    eat(p, T_COMMA);
  }
  expect(p, T_RPAREN);
  p->no_in = no_in;
  p->target_count = targets;
}

void parse_import_call_or_meta(parser *p, expr *e, bool in_new) {
  uint32_t start = TOK.start, end = TOK.end;
  next(p);
  bool source = false;
  e->kind = EX_VALUE;
  if (is(p, T_DOT)) {
    next(p);
    if (is_word(p, WORD_DEFER)) fail(p, start, TOK.end, "Deferred imports (import.defer) are not supported");
    if (is_word(p, WORD_META)) {
      p->result->has_import_meta = true;
      p->result->has_module_syntax = true;
      if (!p->module) fail(p, TOK.start, TOK.end, "Cannot use 'import.meta' outside a module");
      if (p->rewriting) edit_replace(p, EDIT_OPEN, start, TOK.end, "$lode_m");
      next(p);
      return;
    }
    if (!is_word(p, WORD_SOURCE)) unexpected(p);
    source = true;
    end = TOK.end;
    next(p);
  }
  if (!is(p, T_LPAREN)) unexpected(p);
  if (in_new) fail(p, start, end, "Cannot use new with import");
  parse_import_call(p, start, end, source);
}

// ---- The end of a module ----

// export {x}: x is declared somewhere by now. Where it is an import, the export is somebody else's.
void module_finish(parser *p) {
  syntax_result *r = p->result;
  for (uint32_t i = 0; i < p->local_export_count; i++) {
    const struct local_export *l = &p->local_exports[i];
    syntax_export *e = &r->exports[l->index];
    const declaration *d = l->local->innermost;
    if (!d)
      fail(p, l->start, l->start + l->local->length, "Export '%.*s' is not defined in module",
           (int)l->local->length, l->local->bytes);
    if (d->kind != DECL_IMPORT) continue;
    const syntax_import *import = &r->imports[d->index];
    e->request = import->request;
    e->imported = import->imported;
    e->kind = import->imported.bytes ? SYNTAX_EXPORT_INDIRECT : SYNTAX_EXPORT_STAR_AS;
    if (!import->imported.bytes) r->requests[import->request].wants_namespace = true;
  }
}
