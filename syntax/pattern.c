// SPDX-License-Identifier: MIT
//
// Binding patterns: what `let`, parameters and `catch` declare.
#include "syntax/parser.h"

static void bind_name(parser *p, declaration_kind kind) {
  if (!may_be_name(p)) {
    unexpected(p);
  }
  token name = TOK;
  if (name.name->word == WORD_ARGUMENTS && p->fn->class_init && kind != DECL_PARAMETER)
    fail(p, name.start, name.end,
         "'arguments' is not allowed in class field initializer or static initialization block");
  if (name.name->word == WORD_AWAIT) p->last_await_name = name.start;
  if ((int)kind == BIND_TARGETS) {
    *ARENA_PUSH(&p->memory, p->targets, p->target_count, p->target_capacity) =
        (target){name.name, name.start};
    next(p);
    return;
  }
  check_binding_name(p, &name);
  if (kind == DECL_LEXICAL && name.name->word == WORD_LET)
    fail(p, name.start, name.end, "let is disallowed as a lexically bound name");
  if (kind == DECL_PARAMETER && !p->strict && p->fn->strict_parameter == NONE &&
      (name.name->word == WORD_EVAL || name.name->word == WORD_ARGUMENTS || is_strict_reserved(name.name)))
    p->fn->strict_parameter = name.start;
  declare(p, name.name, kind, name.start, 0);
  next(p);
}

static void bind_array(parser *p, declaration_kind kind) {
  next(p);
  while (!is(p, T_RBRACKET)) {
    if (eat(p, T_COMMA)) continue;
    if (is(p, T_ELLIPSIS)) {
      uint32_t start = TOK.start;
      next(p);
      parse_binding(p, kind);
      if (!is(p, T_RBRACKET)) fail(p, start, p->lex.prev_end, "Rest element must be last element");
      break;
    }
    parse_binding_element(p, kind);
    if (!is(p, T_RBRACKET)) expect(p, T_COMMA);
  }
  next(p);
}

static void bind_property(parser *p, declaration_kind kind) {
  lexer_mark mark = lexer_save(&p->lex);
  property_key key;
  parse_property_key(p, &key);
  if (key.private_name) fail(p, key.token.start, key.token.end, "Unexpected identifier");
  if (eat(p, T_COLON)) {
    parse_binding_element(p, kind);
    return;
  }
  if (key.computed || key.token.type != T_NAME) {
    if (key.token.type > T_IN) p->lex.tok = key.token;
    unexpected(p);
  }
  lexer_restore(&p->lex, mark);
  bind_name(p, kind);
  if (eat(p, T_ASSIGN)) parse_assign(p);
}

static void bind_object(parser *p, declaration_kind kind) {
  next(p);
  while (!is(p, T_RBRACE)) {
    if (is(p, T_ELLIPSIS)) {
      next(p);
      if (is(p, T_LBRACE) || is(p, T_LBRACKET))
        fail(p, TOK.start, TOK.end, "`...` must be followed by an identifier in declaration contexts");
      bind_name(p, kind);
      if (!is(p, T_RBRACE)) fail_before(p, "Rest element must be last element");
      break;
    }
    bind_property(p, kind);
    if (!is(p, T_RBRACE)) expect(p, T_COMMA);
  }
  next(p);
}

void parse_binding(parser *p, declaration_kind kind) {
  check_stack(p);
  if (LODE_LIKELY(!is(p, T_LBRACKET) && !is(p, T_LBRACE))) {
    bind_name(p, kind);
    return;
  }
  bool no_in = p->no_in;
  uint32_t targets = p->target_count;
  p->no_in = false;
  if (is(p, T_LBRACKET))
    bind_array(p, kind);
  else
    bind_object(p, kind);
  p->no_in = no_in;
  if ((int)kind != BIND_TARGETS) p->target_count = targets;
}

void parse_binding_element(parser *p, declaration_kind kind) {
  parse_binding(p, kind);
  if (!is(p, T_ASSIGN)) return;
  uint32_t targets = p->target_count;
  next(p);
  parse_assign(p);
  p->target_count = targets;
}
