// SPDX-License-Identifier: MIT
//
// A whole parse, from text to result, and how it ends early.
#include "syntax/parser.h"

#include <stdlib.h>

// What the parser may take of the stack of a thread, which is eight megabytes.
#define STACK_BUDGET (1536 * 1024)

typedef struct owner { // the result and the memory that it lives in
  syntax_result result;
  arena memory;
  cjs_names *cjs;
} owner;

static void declare_wrapper(parser *p) {
  static const char *const names[] = {"exports", "require", "module", "__filename", "__dirname"};
  for (size_t i = 0; i < LODE_COUNT(names); i++)
    declare(p, lexer_intern(&p->lex, names[i], (uint32_t)strlen(names[i])), DECL_PARAMETER, 0, 0);
}

static void skip_hashbang(parser *p) {
  lexer *l = &p->lex;
  if (l->end - l->text < 2 || l->text[0] != '#' || l->text[1] != '!') return;
  while (l->at < l->end && *l->at != '\n' && *l->at != '\r' && strncmp(l->at, "\xe2\x80\xa8", 3) &&
         strncmp(l->at, "\xe2\x80\xa9", 3))
    l->at++;
}

static void parse_program(parser *p) {
  syntax_goal goal = p->options.goal;
  function top;
  scope s;
  function_open(p, &top, goal == SYNTAX_MODULE ? FN_ASYNC : 0);
  top.top = true;
  top.new_target = goal == SYNTAX_COMMONJS || goal == SYNTAX_EVAL;
  top.super_property = top.super_call = goal == SYNTAX_EVAL;
  scope_open(p, &s, SCOPE_FUNCTION);
  s.lexical_functions = goal == SYNTAX_MODULE;
  p->strict = goal == SYNTAX_MODULE;
  p->module = goal == SYNTAX_MODULE;
  p->lex.module = p->module;
  if (goal == SYNTAX_COMMONJS) declare_wrapper(p);
  if (p->options.hashbang) skip_hashbang(p);
  next(p);
  parse_directives_and_body(p, T_EOF);
  if (goal == SYNTAX_MODULE) module_finish(p);
  if (p->options.context) context_finish(p);
  p->result->saves_context = top.uses_saved || top.uses_loop_frame;
  p->result->default_needs_name = p->default_needs_name;
  scope_close(p);
  function_close(p, &top);
}

void parse_unexpected(parser *p) {
  static const char *const words[] = {"accessor", "async", "get", "of", "set", "using"};
  if (TOK.type == T_NAME && !(TOK.flags & TOKEN_RESERVED)) {
    if (TOK.name->word == WORD_AWAIT) fail(p, TOK.start, TOK.end, "Unexpected reserved word");
    if (is_strict_reserved(TOK.name) && (TOK.flags & TOKEN_ESCAPED))
      fail(p, TOK.start, TOK.end, "Keyword must not contain escaped characters");
    if (p->strict && is_strict_reserved(TOK.name))
      fail(p, TOK.start, TOK.end, "Unexpected strict mode reserved word");
    for (size_t i = 0; i < LODE_COUNT(words); i++)
      if (lexer_is_text(&p->lex, &TOK, words[i]))
        fail(p, TOK.start, TOK.end, "Unexpected token '%s'", words[i]);
  }
  lexer_unexpected(&p->lex);
}

// A name `await` right before what did not fit was meant as the operator.
static void judge_await(parser *p) {
  uint32_t at = p->last_await_name;
  if (p->module || at == NONE || at + 5 != p->lex.prev_end) return;
  p->result->has_top_await = true;
  p->lex.error = "await is only valid in async functions and the top level bodies of modules";
  p->lex.error_at = at;
  p->lex.error_end = at + 5;
}

static void report(parser *p, const char *text, size_t length) {
  syntax_result *r = p->result;
  judge_await(p);
  r->error = p->lex.error;
  r->error_at = p->lex.error_at < length ? p->lex.error_at : (uint32_t)length;
  r->error_end = p->lex.error_end < length ? p->lex.error_end : (uint32_t)length;
  syntax_place(text, r->error_at, &r->line, &r->column);
}

static void take_cjs_names(owner *o) {
  const syntax_name *list;
  o->result.cjs_export_count = cjs_names_exports(o->cjs, &list);
  o->result.cjs_exports = list;
  o->result.cjs_reexport_count = cjs_names_reexports(o->cjs, &list);
  o->result.cjs_reexports = list;
}

syntax_result *syntax_parse_new(const char *text, size_t length, const syntax_options *options) {
  owner *o = lode_zalloc(sizeof *o);
  jmp_buf on_error;
  parser *p = lode_zalloc(sizeof *p); // not on the stack: longjmp leaves changed locals undefined
  CHECK(text[length] == 0);
  p->options = *options;
  p->result = &o->result;
  p->rewriting = options->rewrite;
  p->collect_refs = options->goal == SYNTAX_MODULE || options->context;
  p->last_await_name = p->last_yield_or_await = p->hazard_at = p->body_at = NONE;
  p->stack_limit = (const char *)__builtin_frame_address(0) - STACK_BUDGET;
  lexer_init(&p->lex, text, length, &p->memory, &on_error);
  if (options->find_cjs_names) {
    p->cjs = o->cjs = cjs_names_new(text, length);
    p->lex.is_interesting = cjs_names_interesting;
  }
  if (length > INT32_MAX) {
    o->result.error = "The program is longer than 2 GiB";
  } else if (!setjmp(on_error)) {
    parse_program(p);
    if (p->rewriting) edits_finish(p);
  } else {
    report(p, text, length);
  }
  if (o->cjs) take_cjs_names(o);
  o->memory = p->memory;
  free(p);
  return &o->result;
}

void syntax_result_free(syntax_result *result) {
  owner *o = LODE_CONTAINER(result, owner, result);
  cjs_names_free(o->cjs);
  arena_free(&o->memory);
  free(o);
}
