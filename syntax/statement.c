// SPDX-License-Identifier: MIT
//
// Statements and declarations (ECMA-262, chapter 14).
#include "syntax/parser.h"

static void parse_embedded(parser *p);
static void parse_body(parser *p);

void parse_semicolon(parser *p) {
  if (eat(p, T_SEMICOLON) || is(p, T_RBRACE) || is(p, T_EOF)) return;
  if (!newline_before(p)) unexpected(p);
  p->hazard_at = TOK.start;
}

// ---- Blocks and lists ----

void parse_statement_list(parser *p, token_type end) {
  while (!is(p, end)) parse_statement_list_item(p);
}

void parse_block_body(parser *p) {
  parse_statement_list(p, T_RBRACE);
  next(p);
}

static void parse_block(parser *p) {
  scope s;
  scope_open(p, &s, SCOPE_BLOCK);
  expect(p, T_LBRACE);
  parse_statement_list(p, T_RBRACE);
  scope_close(p);
  next(p);
}

// ---- Variables ----

// `let` opens a declaration where a name or a pattern follows.
static bool is_let_declaration(parser *p) {
  if (!is_word(p, WORD_LET)) return false;
  lexer_mark mark = lexer_save(&p->lex);
  next(p);
  bool result = is(p, T_NAME) || is(p, T_LBRACKET) || is(p, T_LBRACE);
  lexer_restore(&p->lex, mark);
  return result;
}

typedef struct variables {
  uint32_t count;
  bool initialized, pattern; // the last one
} variables;

static void parse_variable_list(parser *p, declaration_kind kind, bool is_const, bool in_for, variables *v) {
  next(p);
  do {
    v->pattern = is(p, T_LBRACE) || is(p, T_LBRACKET);
    uint32_t start = TOK.start;
    parse_binding(p, kind);
    v->count++;
    v->initialized = is(p, T_ASSIGN);
    if (v->initialized) {
      next(p);
      parse_assign(p);
    } else if ((is_const || v->pattern) && !(in_for && (is(p, T_IN) || is_word(p, WORD_OF)))) {
      fail(p, start, p->lex.prev_end,
           v->pattern ? "Missing initializer in destructuring declaration"
                      : "Missing initializer in const declaration");
    }
  } while (eat(p, T_COMMA));
}

void parse_variables(parser *p, declaration_kind kind, bool is_const, bool in_for) {
  variables v = {0};
  parse_variable_list(p, kind, is_const, in_for, &v);
}

// ---- Loops ----

static void parse_condition(parser *p) {
  expect(p, T_LPAREN);
  parse_expression_value(p);
  expect(p, T_RPAREN);
}

static void parse_loop_body(parser *p) {
  p->fn->loops++;
  p->fn->breakables++;
  parse_body(p);
  p->fn->loops--;
  p->fn->breakables--;
}

static void parse_do(parser *p) {
  next(p);
  parse_loop_body(p);
  expect(p, T_WHILE);
  parse_condition(p);
  if (!eat(p, T_SEMICOLON)) p->hazard_at = TOK.start; // inserted wherever it is missing
}

static void parse_while(parser *p) {
  next(p);
  parse_condition(p);
  parse_loop_body(p);
}

// The object of for await (x of object): wrapped, so that each turn of the loop finds its async context
// again.
static void parse_async_iterable(parser *p) {
  function *f = p->fn;
  f->uses_loop_frame = true;
  if (f->trys) {
    f->uses_saved = true;
    f->for_awaits++;
  }
  if (f->top) p->result->has_top_for_await = p->result->has_top_await = true;
  if (p->rewriting) edit(p, EDIT_OPEN, TOK.start, 0, " $lode.f($lodeF=$lode.c,");
  parse_assign(p);
  if (p->rewriting) edit(p, EDIT_CLOSE, p->lex.prev_end, 0, ")");
}

static void parse_for_tail(parser *p) {
  expect(p, T_SEMICOLON);
  if (!is(p, T_SEMICOLON)) parse_expression_value(p);
  expect(p, T_SEMICOLON);
  if (!is(p, T_RPAREN)) parse_expression_value(p);
}

// At `of` or `in`.
static void parse_iterated(parser *p, bool is_await) {
  if (is(p, T_IN)) {
    if (is_await) unexpected(p);
    next(p);
    parse_expression_value(p);
    return;
  }
  next(p);
  if (is_await)
    parse_async_iterable(p);
  else
    parse_assign(p);
}

static void parse_for_declaration(parser *p, bool is_await) {
  variables v = {0};
  bool is_var = is(p, T_VAR);
  uint32_t start;
  lexer_mark mark = lexer_save(&p->lex);
  next(p);
  start = TOK.start;
  lexer_restore(&p->lex, mark);
  p->no_in = true;
  parse_variable_list(p, is_var ? DECL_VAR : DECL_LEXICAL, is(p, T_CONST), true, &v);
  p->no_in = false;
  if (!is(p, T_IN) && !is_word(p, WORD_OF)) {
    if (is_await) unexpected(p);
    parse_for_tail(p);
    return;
  }
  if (v.count != 1)
    fail(p, start, p->lex.prev_end, "Invalid left-hand side in for-%s loop: Must have a single binding.",
         is(p, T_IN) ? "in" : "of");
  // for (var x = 1 in o), Annex B
  if (v.initialized && !(is(p, T_IN) && is_var && !v.pattern && !p->strict))
    fail(p, start, p->lex.prev_end, "for-%s loop variable declaration may not have an initializer.",
         is(p, T_IN) ? "in" : "of");
  parse_iterated(p, is_await);
}

static void parse_for_expression(parser *p, bool is_await) {
  expr e;
  token first = TOK;
  p->no_in = true;
  parse_assign_cover(p, &e);
  p->no_in = false;
  bool of = is_word(p, WORD_OF);
  if (of || is(p, T_IN)) {
    bool lone = p->lex.prev_end == first.end && first.type == T_NAME && !(first.flags & TOKEN_ESCAPED);
    if (of && first.type == T_NAME &&
        ((first.name->word == WORD_LET && !(first.flags & TOKEN_ESCAPED)) ||
         (lone && first.name->word == WORD_ASYNC && !is_await)))
      fail(p, first.start, first.end, "The left-hand side of a for-of loop may not be '%s'.",
           first.name->word == WORD_LET ? "let" : "async");
    if (e.kind != EX_OBJECT && e.kind != EX_ARRAY) require_value(p, &e);
    bool fits = e.kind == EX_NAME || e.kind == EX_MEMBER || (e.kind == EX_CALL && !p->strict) ||
                ((e.kind == EX_OBJECT || e.kind == EX_ARRAY) && !e.parenthesized);
    if (!fits) fail(p, e.start, p->lex.prev_end, "Invalid left-hand side in for-loop");
    if (e.kind != EX_CALL) require_target(p, &e, true);
    parse_iterated(p, is_await);
    return;
  }
  if (is_await) unexpected(p);
  require_value(p, &e);
  p->no_in = true;
  while (eat(p, T_COMMA)) parse_assign(p);
  p->no_in = false;
  parse_for_tail(p);
}

static void parse_for(parser *p) {
  scope s;
  bool is_await = false, no_in = p->no_in;
  next(p);
  if (is_word(p, WORD_AWAIT)) {
    if (!p->fn->async) {
      p->last_await_name = TOK.start;
      next(p);
      unexpected(p);
    }
    is_await = true;
    next(p);
  }
  scope_open(p, &s, SCOPE_BLOCK);
  expect(p, T_LPAREN);
  if (is(p, T_SEMICOLON)) {
    if (is_await) unexpected(p);
    parse_for_tail(p);
  } else if (is(p, T_VAR) || is(p, T_CONST) || is_let_declaration(p)) {
    parse_for_declaration(p, is_await);
  } else {
    parse_for_expression(p, is_await);
  }
  p->no_in = no_in;
  expect(p, T_RPAREN);
  parse_loop_body(p);
  scope_close(p);
  if (is_await) p->for_await_end = p->lex.prev_end;
}

// ---- Branches ----

// if (x) function f() {}: sloppy code only, in a block of its own (Annex B.3.3)
static void parse_branch(parser *p) {
  if (!is(p, T_FUNCTION) || p->strict) {
    parse_body(p);
    return;
  }
  scope s;
  scope_open(p, &s, SCOPE_BLOCK);
  lexer_mark mark = lexer_save(&p->lex);
  next(p);
  if (is(p, T_STAR))
    fail(p, TOK.start, TOK.end, "Generators can only be declared at the top level or inside a block.");
  lexer_restore(&p->lex, mark);
  parse_function_declaration(p, TOK.start, false, false, true);
  scope_close(p);
}

// A chain of else-ifs is a loop: generated code has long ones.
static void parse_if(parser *p) {
  for (;;) {
    next(p);
    parse_condition(p);
    parse_branch(p);
    if (!eat(p, T_ELSE)) return;
    if (!is(p, T_IF)) break;
  }
  parse_branch(p);
}

static void parse_switch(parser *p) {
  scope s;
  bool has_default = false;
  next(p);
  parse_condition(p);
  expect(p, T_LBRACE);
  scope_open(p, &s, SCOPE_BLOCK);
  p->fn->breakables++;
  while (!is(p, T_RBRACE)) {
    if (is(p, T_DEFAULT)) {
      if (has_default) fail(p, TOK.start, TOK.end, "More than one default clause in switch statement");
      has_default = true;
      next(p);
    } else {
      expect(p, T_CASE);
      parse_expression_value(p);
    }
    expect(p, T_COLON);
    while (!is(p, T_CASE) && !is(p, T_DEFAULT) && !is(p, T_RBRACE)) parse_statement_list_item(p);
  }
  p->fn->breakables--;
  scope_close(p);
  next(p);
}

// ---- Exceptions ----

static void parse_catch_parameter(parser *p) {
  next(p);
  if (is(p, T_NAME))
    parse_binding(p, DECL_CATCH);
  else
    parse_binding(p, DECL_LEXICAL);
  expect(p, T_RPAREN);
}

// At the { of a catch or finally block, where an await before it may have been left by an exception.
static void restore_context(parser *p, bool awaited, bool looped) {
  if (!p->rewriting || !is(p, T_LBRACE)) return;
  if (looped)
    edit(p, EDIT_DECLARE, TOK.end, 0, "$lodeT=$lode.k($lodeT,$lodeF);");
  else if (awaited)
    edit(p, EDIT_DECLARE, TOK.end, 0, "$lodeT=$lode.k($lodeT);");
}

static void parse_try(parser *p) {
  function *f = p->fn;
  uint32_t awaits = f->awaits, loops = f->for_awaits;
  next(p);
  f->trys++;
  parse_block(p);
  bool caught = is(p, T_CATCH);
  if (caught) {
    scope s;
    scope_open(p, &s, SCOPE_BLOCK);
    next(p);
    if (is(p, T_LPAREN)) parse_catch_parameter(p);
    restore_context(p, f->awaits != awaits, f->for_awaits != loops);
    expect(p, T_LBRACE);
    parse_statement_list(p, T_RBRACE);
    scope_close(p);
    next(p);
  }
  f->trys--;
  if (is(p, T_FINALLY)) {
    next(p);
    restore_context(p, f->awaits != awaits, f->for_awaits != loops);
    parse_block(p);
  } else if (!caught) {
    fail_before(p, "Missing catch or finally after try");
  }
}

// ---- Jumps and labels ----

static label *find_label(parser *p, const atom *name) {
  for (uint32_t i = p->label_count; i > p->fn->labels; i--)
    if (p->labels[i - 1].name == name) return &p->labels[i - 1];
  return NULL;
}

static void parse_jump(parser *p, bool is_continue) {
  token jump = TOK;
  next(p);
  if (is(p, T_NAME) && !newline_before(p)) {
    if (!may_be_name(p)) unexpected(p);
    const label *target = find_label(p, TOK.name);
    if (!target)
      fail(p, TOK.start, TOK.end, "Undefined label '%.*s'", (int)TOK.name->length, TOK.name->bytes);
    if (is_continue && !target->loop)
      fail(p, TOK.start, TOK.end, "Illegal continue statement: '%.*s' does not denote an iteration statement",
           (int)TOK.name->length, TOK.name->bytes);
    next(p);
  } else if (is_continue ? !p->fn->loops : !p->fn->breakables) {
    fail(p, jump.start, jump.end,
         is_continue ? "Illegal continue statement: no surrounding iteration statement"
                     : "Illegal break statement");
  }
  parse_semicolon(p);
}

// At what follows `name:`.
static void parse_labelled(parser *p, const token *name) {
  if (find_label(p, name->name))
    fail(p, name->start, name->end, "Label '%.*s' has already been declared", (int)name->name->length,
         name->name->bytes);
  bool loop = is(p, T_FOR) || is(p, T_WHILE) || is(p, T_DO);
  *ARENA_PUSH(&p->memory, p->labels, p->label_count, p->label_capacity) =
      (label){.name = name->name, .start = name->start, .body = TOK.start, .loop = loop};
  // a: b: for (...): all of them label the loop
  for (uint32_t i = p->label_count - 1;
       loop && i > p->fn->labels && p->labels[i - 1].body == p->labels[i].start; i--)
    p->labels[i - 1].loop = true;
  check_stack(p);
  bool is_body = p->body_at == name->start;
  if (is_body) p->body_at = TOK.start;
  if (is(p, T_FUNCTION) && !p->strict && !is_body) {
    lexer_mark mark = lexer_save(&p->lex);
    next(p);
    if (is(p, T_STAR))
      fail(p, TOK.start, TOK.end, "Generators can only be declared at the top level or inside a block.");
    lexer_restore(&p->lex, mark);
    parse_function_declaration(p, TOK.start, false, false, p->scope->kind != SCOPE_FUNCTION);
  } else {
    parse_embedded(p);
  }
  p->label_count--;
}

// What an async function returns may be a thenable, whose `then` runs in a microtask: $lode.t gives it the
// context of now.
static void parse_returned(parser *p) {
  bool carried = p->rewriting && p->fn->async;
  if (carried) edit(p, EDIT_OPEN, TOK.start, 0, " $lode.t((");
  parse_expression_value(p);
  if (carried) edit(p, EDIT_CLOSE, p->lex.prev_end, 0, "))");
}

static void parse_return(parser *p) {
  if ((p->fn->static_block && !p->fn->arrow) || (p->fn->top && p->options.goal != SYNTAX_COMMONJS))
    fail(p, TOK.start, TOK.end, "Illegal return statement");
  next(p);
  if (!is(p, T_SEMICOLON) && !is(p, T_RBRACE) && !is(p, T_EOF) && !newline_before(p)) parse_returned(p);
  parse_semicolon(p);
}

static void parse_throw(parser *p) {
  next(p);
  if (newline_before(p)) fail_before(p, "Illegal newline after throw");
  parse_expression_value(p);
  parse_semicolon(p);
}

static void parse_with(parser *p) {
  if (p->strict) fail(p, TOK.start, TOK.end, "Strict mode code may not include a with statement");
  next(p);
  parse_condition(p);
  parse_body(p);
}

// ---- Expression statements ----

static void parse_expression_statement(parser *p) {
  token first = TOK;
  expr e;
  parse_expression(p, &e);
  if (e.kind == EX_NAME && is(p, T_COLON) && !e.parenthesized && first.type == T_NAME) {
    if (e.ref != NONE) p->ref_count = e.ref;
    next(p);
    parse_labelled(p, &first);
    return;
  }
  require_value(p, &e);
  parse_semicolon(p);
  p->statement_was_string = e.kind == EX_STRING && !e.parenthesized;
}

// ---- All of them ----

// Where a declaration cannot stand: behind if (...), for (...), a label.
static void parse_embedded(parser *p) {
  check_stack(p);
  switch (TOK.type) {
  case T_FUNCTION:
    fail(p, TOK.start, TOK.end,
         p->strict ? "In strict mode code, functions can only be declared at top level or inside a block."
                   : "In non-strict mode code, functions can only be declared at top level, inside a block, "
                     "or as the body of an if statement.");
  case T_CLASS:
  case T_CONST:
  case T_IMPORT: {
    lexer_mark mark = lexer_save(&p->lex);
    bool import = is(p, T_IMPORT);
    next(p);
    bool expression = import && (is(p, T_LPAREN) || is(p, T_DOT));
    lexer_restore(&p->lex, mark);
    if (!expression && import && !p->module) {
      p->result->has_module_syntax = true;
      fail(p, TOK.start, TOK.end, "Cannot use import statement outside a module");
    }
    if (import) next(p);
    if (!expression) unexpected(p);
    if (import) lexer_restore(&p->lex, mark);
    break;
  }
  case T_NAME:
    if (TOK.name->word == WORD_LET) {
      lexer_mark mark = lexer_save(&p->lex);
      next(p);
      bool declaration = is(p, T_LBRACKET) || ((is(p, T_NAME) || is(p, T_LBRACE)) && !newline_before(p));
      lexer_restore(&p->lex, mark);
      if (declaration)
        fail(p, TOK.start, TOK.end, "Lexical declaration cannot appear in a single-statement context");
    } else if (is_word(p, WORD_ASYNC)) {
      lexer_mark mark = lexer_save(&p->lex);
      next(p);
      if (is(p, T_FUNCTION) && !newline_before(p))
        fail(p, mark.tok.start, TOK.end,
             "Async functions can only be declared at the top level or inside a block.");
      lexer_restore(&p->lex, mark);
    }
    break;
  default:
    break;
  }
  parse_statement(p);
}

// The body of if, a loop or with: not even a labelled function may stand there.
static void parse_body(parser *p) {
  p->body_at = TOK.start;
  parse_embedded(p);
}

void parse_statement(parser *p) {
  check_stack(p);
  p->statement_was_string = false;
  uint32_t targets = p->target_count;
  switch (TOK.type) {
  case T_LBRACE:
    parse_block(p);
    break;
  case T_SEMICOLON:
    next(p);
    break;
  case T_VAR:
    parse_variables(p, DECL_VAR, false, false);
    parse_semicolon(p);
    break;
  case T_IF:
    parse_if(p);
    break;
  case T_FOR:
    parse_for(p);
    break;
  case T_WHILE:
    parse_while(p);
    break;
  case T_DO:
    parse_do(p);
    break;
  case T_CONTINUE:
    parse_jump(p, true);
    break;
  case T_BREAK:
    parse_jump(p, false);
    break;
  case T_RETURN:
    parse_return(p);
    break;
  case T_WITH:
    parse_with(p);
    break;
  case T_SWITCH:
    parse_switch(p);
    break;
  case T_THROW:
    parse_throw(p);
    break;
  case T_TRY:
    parse_try(p);
    break;
  case T_DEBUGGER:
    next(p);
    parse_semicolon(p);
    break;
  default:
    parse_expression_statement(p);
  }
  p->target_count = targets;
}

static bool async_function_follows(parser *p) {
  lexer_mark mark = lexer_save(&p->lex);
  next(p);
  bool result = is(p, T_FUNCTION) && !newline_before(p);
  if (!result) lexer_restore(&p->lex, mark);
  return result;
}

static void parse_list_item(parser *p) {
  p->statement_was_string = false;
  uint32_t start = TOK.start;
  bool in_block = p->scope->kind != SCOPE_FUNCTION;
  switch (TOK.type) {
  case T_FUNCTION:
    parse_function_declaration(p, start, false, false, in_block);
    return;
  case T_CLASS:
    parse_class(p, true, false);
    return;
  case T_CONST:
    parse_variables(p, DECL_LEXICAL, true, false);
    parse_semicolon(p);
    return;
  case T_EXPORT:
    parse_export_declaration(p);
    return;
  case T_IMPORT: {
    lexer_mark mark = lexer_save(&p->lex);
    next(p);
    bool expression = is(p, T_LPAREN) || is(p, T_DOT);
    lexer_restore(&p->lex, mark);
    if (!expression) {
      parse_import_declaration(p);
      return;
    }
    break;
  }
  case T_NAME:
    if (TOK.name->word == WORD_LET && is_let_declaration(p)) {
      parse_variables(p, DECL_LEXICAL, false, false);
      parse_semicolon(p);
      return;
    }
    if (is_word(p, WORD_ASYNC) && async_function_follows(p)) {
      parse_function_declaration(p, start, true, false, in_block);
      return;
    }
    break;
  default:
    break;
  }
  parse_statement(p);
}

// A loop that is left early awaits its iterator's `return`: behind it, the context is taken back. That is for
// a loop that ends a statement of a list; elsewhere there would be no room for another statement.
void parse_statement_list_item(parser *p) {
  parse_list_item(p);
  if (p->rewriting && p->for_await_end == p->lex.prev_end && p->for_await_end)
    edit(p, EDIT_CLOSE, p->for_await_end, 0, ";$lode.k(0,$lodeF);");
  p->for_await_end = 0;
}
