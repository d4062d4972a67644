// SPDX-License-Identifier: MIT
//
// Functions of every kind: parameters, bodies, directives, arrows (ECMA-262, chapter 15).
#include "syntax/parser.h"

void function_open(parser *p, function *f, int flags) {
  *f = (function){.outer = p->fn,
                  .async = flags & FN_ASYNC,
                  .generator = flags & FN_GENERATOR,
                  .super_property = flags & FN_METHOD,
                  .super_call = (flags & FN_CONSTRUCTOR) && (flags & FN_DERIVED),
                  .new_target = true,
                  .simple_parameters = true,
                  .labels = p->label_count,
                  .duplicate_parameter = NONE,
                  .strict_parameter = NONE,
                  .outer_strict = p->strict,
                  .outer_await_name = p->last_await_name,
                  .outer_yield_or_await = p->last_yield_or_await};
  p->fn = f;
}

void function_close(parser *p, function *f) {
  if (p->rewriting && !f->top) {
    if (f->uses_saved)
      edit(p, EDIT_DECLARE, f->declarations_at, 0,
           f->uses_loop_frame ? ";let $lodeT=0,$lodeF=0;" : ";let $lodeT=0;");
    else if (f->uses_loop_frame)
      edit(p, EDIT_DECLARE, f->declarations_at, 0, ";let $lodeF=0;");
  }
  p->strict = f->outer_strict;
  p->last_await_name = f->outer_await_name;
  p->last_yield_or_await = f->outer_yield_or_await;
  p->label_count = f->labels;
  p->fn = f->outer;
}

// ---- Parameters ----

static void refuse_await_in(parser *p, uint32_t start) {
  uint32_t at = p->last_yield_or_await;
  if (at != NONE && at >= start) refuse_in_parameter(p, at);
}

static void check_duplicates(parser *p, bool never) {
  uint32_t at = p->fn->duplicate_parameter;
  if (at != NONE && (never || p->strict || !p->fn->simple_parameters))
    fail(p, at, at + 1, "Duplicate parameter name not allowed in this context");
}

// From ( to ), with what belongs to getters and setters.
static void parse_parameters(parser *p, int flags) {
  uint32_t start = TOK.start, count = 0;
  function *f = p->fn;
  expect(p, T_LPAREN);
  while (!is(p, T_RPAREN)) {
    if (is(p, T_ELLIPSIS)) {
      if (flags & FN_SETTER)
        fail(p, TOK.start, TOK.end, "Setter function argument must not be a rest parameter");
      next(p);
      f->simple_parameters = false;
      parse_binding(p, DECL_PARAMETER);
      if (is(p, T_ASSIGN)) fail(p, TOK.start, TOK.end, "Rest parameter may not have a default initializer");
      if (!is(p, T_RPAREN)) fail(p, TOK.start, TOK.end, "Rest parameter must be last formal parameter");
      count++;
      break;
    }
    if (!is(p, T_NAME)) f->simple_parameters = false;
    parse_binding(p, DECL_PARAMETER);
    if (eat(p, T_ASSIGN)) {
      f->simple_parameters = false;
      parse_assign(p);
    }
    count++;
    if (!is(p, T_RPAREN)) {
      if (!is(p, T_COMMA))
        fail(p, TOK.start, TOK.end,
             is(p, T_EOF) ? "Unexpected end of input" : "missing ) after formal parameters");
      next(p);
    }
  }
  if ((flags & FN_GETTER) && count != 0)
    fail(p, start, TOK.end, "Getter must not have any formal parameters.");
  if ((flags & FN_SETTER) && count != 1)
    fail(p, start, TOK.end, "Setter must have exactly one formal parameter.");
  next(p);
  refuse_await_in(p, start);
  check_duplicates(p, flags & FN_METHOD);
  if (!f->simple_parameters) scope_settle(p, p->scope);
}

// ---- Bodies ----

static bool is_use_strict(const parser *p, uint32_t start, uint32_t end) {
  return end - start == 12 && !memcmp(p->lex.text + start + 1, "use strict", 10);
}

static void check_strict_name(parser *p, const token *name) {
  if (name->type == T_EOF) return;
  check_binding_name(p, name);
  if (is_strict_reserved(name->name)) fail(p, name->start, name->end, "Unexpected strict mode reserved word");
}

// A parameter whose name is fine in sloppy code only.
static LODE_NORETURN void refuse_strict_parameter(parser *p, uint32_t at) {
  const char *text = p->lex.text + at;
  bool taken = !strncmp(text, "eval", 4) || !strncmp(text, "arguments", 9);
  fail(p, at, at + 1,
       taken ? "Unexpected eval or arguments in strict mode" : "Unexpected strict mode reserved word");
}

static void become_strict(parser *p, uint32_t start, uint32_t end) {
  function *f = p->fn;
  if (!f->simple_parameters)
    fail(p, start, end, "Illegal 'use strict' directive in function with non-simple parameter list");
  p->strict = true;
  check_strict_name(p, &f->name);
  uint32_t at = f->strict_parameter;
  if (at != NONE) refuse_strict_parameter(p, at);
  check_duplicates(p, false);
}

// Behind the { of a body, or at the start of a program.
void parse_directives_and_body(parser *p, token_type end) {
  function *f = p->fn;
  token octal = {.type = T_EOF};
  f->declarations_at = f->top && p->options.hashbang ? TOK.start : p->lex.prev_end;
  while (is(p, T_STRING)) {
    token text = TOK;
    parse_statement_list_item(p);
    if (!p->statement_was_string) break;
    f->declarations_at = p->lex.prev_end;
    if ((text.flags & TOKEN_OCTAL) && octal.type == T_EOF) octal = text;
    if (is_use_strict(p, text.start, text.end)) {
      if (!p->strict || !f->simple_parameters) become_strict(p, text.start, text.end);
      if (f->top) p->result->has_strict_directive = true;
    }
    if (p->strict && octal.type != T_EOF) refuse_octal(p, &octal);
  }
  parse_statement_list(p, end);
}

static void parse_body(parser *p) {
  bool no_in = p->no_in;
  uint32_t targets = p->target_count;
  p->no_in = false;
  expect(p, T_LBRACE);
  parse_directives_and_body(p, T_RBRACE);
  p->no_in = no_in;
  p->target_count = targets;
}

// The closing brace is left to the caller: what follows it is read in the outer function's mode.
static void close_body(parser *p, function *f) {
  scope_close(p);
  function_close(p, f);
  expect(p, T_RBRACE);
}

// ---- Functions with a keyword, and methods ----

static bool names_are_taken(const atom *name) {
  return name->word == WORD_EVAL || name->word == WORD_ARGUMENTS;
}

static void judge_own_name(parser *p, function *f, const token *name) {
  f->name = *name;
  if (p->strict && names_are_taken(name->name)) check_binding_name(p, name);
}

static void parse_rest_of_function(parser *p, int flags, const token *name) {
  check_stack(p);
  function f;
  scope s;
  function_open(p, &f, flags);
  scope_open(p, &s, SCOPE_FUNCTION);
  if (name) judge_own_name(p, &f, name);
  parse_parameters(p, flags);
  parse_body(p);
  close_body(p, &f);
}

void parse_method(parser *p, int flags) { parse_rest_of_function(p, flags | FN_METHOD, NULL); }

// At `function`; `start` is where the declaration begins (its `async`).
void parse_function_declaration(parser *p, uint32_t start, bool async, bool is_default, bool in_block) {
  LODE_UNUSED uint32_t at = start;
  next(p);
  int flags = async ? FN_ASYNC : 0;
  if (eat(p, T_STAR)) flags |= FN_GENERATOR;
  if (is_default && is(p, T_LPAREN)) {
    parse_rest_of_function(p, flags, NULL);
    return;
  }
  if (!may_be_name(p)) {
    if (is(p, T_LPAREN)) fail_before(p, "Function statements require a function name");
    unexpected(p);
  }
  token name = TOK;
  check_binding_name(p, &name);
  declaration_kind kind = !in_block              ? DECL_FUNCTION
                          : !flags && !p->strict ? DECL_SLOPPY_FUNCTION
                                                 : DECL_LEXICAL;
  declare(p, name.name, kind, name.start, 0);
  if (p->options.context) {
    if (kind == DECL_FUNCTION && !p->scope->outer)
      context_function(p, &name);
    else if (kind == DECL_SLOPPY_FUNCTION)
      context_block_function(p, name.name);
  }
  next(p);
  parse_rest_of_function(p, flags, &name);
}

void parse_function_expression(parser *p, bool async) {
  check_stack(p);
  next(p);
  int flags = async ? FN_ASYNC : 0;
  if (eat(p, T_STAR)) flags |= FN_GENERATOR;
  if (is(p, T_LPAREN)) {
    parse_rest_of_function(p, flags, NULL);
    return;
  }
  // Its name is judged by its own kind: a generator's cannot be `yield`.
  function judge;
  function_open(p, &judge, flags);
  judge.static_block = judge.outer && judge.outer->static_block;
  if (!may_be_name(p)) unexpected(p);
  function_close(p, &judge);
  token name = TOK;
  scope s;
  scope_open(p, &s, SCOPE_BLOCK);
  declare(p, name.name, DECL_LEXICAL, name.start, 0);
  next(p);
  parse_rest_of_function(p, flags, &name);
  scope_close(p);
}

// ---- Arrows ----

static void declare_head(parser *p, const expr *head) {
  for (uint32_t i = head->targets; i < p->target_count; i++) {
    const target *t = &p->targets[i];
    token name = {.type = T_NAME, .start = t->start, .end = t->start + t->name->length, .name = t->name};
    if (p->strict)
      check_binding_name(p, &name);
    else if (p->fn->strict_parameter == NONE && (names_are_taken(t->name) || is_strict_reserved(t->name)))
      p->fn->strict_parameter = t->start;
    if (head->async && t->name->word == WORD_AWAIT) fail(p, name.start, name.end, "Unexpected reserved word");
    declare(p, t->name, DECL_PARAMETER, t->start, 0);
  }
  p->target_count = head->targets;
  check_duplicates(p, true);
}

void parse_arrow(parser *p, expr *head) {
  check_stack(p);
  function f;
  scope s;
  function *outer = p->fn;
  function_open(p, &f, head->async ? FN_ASYNC : 0);
  f.arrow = true;
  f.super_property = outer->super_property;
  f.super_call = outer->super_call;
  f.new_target = outer->new_target;
  f.class_init = outer->class_init;
  f.static_block = outer->static_block;
  f.simple_parameters = head->simple;
  scope_open(p, &s, SCOPE_FUNCTION);
  s.arrow = true;
  s.refs = head->refs;
  declare_head(p, head);
  if (!head->simple) scope_settle(p, &s);
  next(p);
  if (is(p, T_LBRACE)) {
    parse_body(p);
    close_body(p, &f);
    return;
  }
  bool carried = p->rewriting && f.async; // as what a `return` returns
  if (carried) edit(p, EDIT_OPEN, TOK.start, 0, "$lode.t(");
  parse_assign(p);
  if (carried) edit(p, EDIT_CLOSE, p->lex.prev_end, 0, ")");
  scope_close(p);
  function_close(p, &f);
}
