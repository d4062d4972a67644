// SPDX-License-Identifier: MIT
//
// Classes (ECMA-262, 15.7): members, fields, static blocks, private names.
#include "syntax/parser.h"

typedef struct class_state {
  bool derived, has_constructor;
} class_state;

// A field's initializer, or a static block, is a method of its own.
static void open_initializer(parser *p, function *f, scope *s) {
  function_open(p, f, FN_METHOD);
  f->class_init = true;
  scope_open(p, s, SCOPE_FUNCTION);
}

static void parse_field_value(parser *p) {
  function f;
  scope s;
  open_initializer(p, &f, &s);
  next(p);
  uint32_t targets = p->target_count;
  parse_assign(p);
  p->target_count = targets;
  scope_close(p);
  function_close(p, &f);
}

static void parse_static_block(parser *p) {
  function f;
  scope s;
  open_initializer(p, &f, &s);
  f.static_block = true;
  s.lexical_functions = false;
  next(p);
  f.declarations_at = p->lex.prev_end;
  parse_statement_list(p, T_RBRACE);
  scope_close(p);
  function_close(p, &f);
  expect(p, T_RBRACE);
}

static void check_private_key(parser *p, const property_key *key) {
  if (key->token.name->length == 12 && !memcmp(key->token.name->bytes, "#constructor", 12))
    fail(p, key->token.start, key->token.end, "Classes may not have a private field named '#constructor'");
}

static void parse_field(parser *p, const property_key *key, bool is_static) {
  if (key->is_constructor || (is_static && key->is_prototype))
    fail(p, key->token.start, key->token.end,
         key->is_constructor ? "Classes may not have a field named 'constructor'"
                             : "Classes may not have a static property named 'prototype'");
  if (key->private_name) declare_private(p, &key->token, is_static, 0);
  if (is(p, T_ASSIGN)) parse_field_value(p);
  parse_semicolon(p);
}

static void parse_class_method(parser *p, const property_key *key, int flags, bool is_static,
                               class_state *c) {
  if (key->private_name)
    declare_private(p, &key->token, is_static, flags & FN_GETTER ? 'g' : flags & FN_SETTER ? 's' : 0);
  if (is_static && key->is_prototype)
    fail(p, key->token.start, key->token.end, "Classes may not have a static property named 'prototype'");
  if (!is_static && key->is_constructor) {
    if (flags & (FN_GETTER | FN_SETTER))
      fail(p, key->token.start, key->token.end, "Class constructor may not be an accessor");
    if (flags & FN_GENERATOR)
      fail(p, key->token.start, key->token.end, "Class constructor may not be a generator");
    if (flags & FN_ASYNC)
      fail(p, key->token.start, key->token.end, "Class constructor may not be an async method");
    if (c->has_constructor)
      fail(p, key->token.start, key->token.end, "A class may only have one constructor");
    c->has_constructor = true;
    flags |= FN_CONSTRUCTOR | (c->derived ? FN_DERIVED : 0);
  }
  parse_method(p, flags);
}

// What can follow a key that is not a modifier.
static bool key_ends(const parser *p) {
  return is(p, T_LPAREN) || is(p, T_ASSIGN) || is(p, T_SEMICOLON) || is(p, T_RBRACE) || is(p, T_EOF);
}

// Reads `static`, `async`, `*`, `get`, `set`. False where the last word read was the key itself: *key.
static bool parse_class_modifiers(parser *p, int *flags, bool *is_static, property_key *key) {
  *flags = FN_METHOD;
  *is_static = false;
  if (is_word(p, WORD_STATIC)) {
    *key = (property_key){.token = TOK};
    next(p);
    if (key_ends(p)) return false;
    *is_static = true;
  }
  if (is_word(p, WORD_GET) || is_word(p, WORD_SET) || is_word(p, WORD_ASYNC)) {
    int word = TOK.name->word;
    *key = (property_key){.token = TOK};
    next(p);
    if (key_ends(p) || (word == WORD_ASYNC && newline_before(p)) || (word != WORD_ASYNC && is(p, T_STAR)))
      return false;
    *flags |= word == WORD_ASYNC ? FN_ASYNC : word == WORD_GET ? FN_GETTER : FN_SETTER;
  }
  if (eat(p, T_STAR)) *flags |= FN_GENERATOR;
  return true;
}

static void parse_member(parser *p, class_state *c) {
  int flags;
  bool is_static;
  property_key key;
  if (is_word(p, WORD_STATIC)) {
    lexer_mark mark = lexer_save(&p->lex);
    next(p);
    if (is(p, T_LBRACE)) {
      parse_static_block(p);
      return;
    }
    lexer_restore(&p->lex, mark);
  }
  if (parse_class_modifiers(p, &flags, &is_static, &key)) parse_property_key(p, &key);
  if (key.private_name) check_private_key(p, &key);
  if (is(p, T_LPAREN))
    parse_class_method(p, &key, flags, is_static, c);
  else if (flags != FN_METHOD)
    unexpected(p);
  else
    parse_field(p, &key, is_static);
}

static void parse_class_body(parser *p, class_state *c) {
  expect(p, T_LBRACE);
  while (!is(p, T_RBRACE)) {
    if (eat(p, T_SEMICOLON)) continue;
    parse_member(p, c);
  }
}

void parse_class(parser *p, bool declaration, bool is_default) {
  check_stack(p);
  bool strict = p->strict, no_in = p->no_in;
  uint32_t targets = p->target_count;
  class_state c = {0};
  scope s;
  next(p);
  p->strict = true;
  p->no_in = false;
  token name = {.type = T_EOF};
  if (!is(p, T_EXTENDS) && !is(p, T_LBRACE)) {
    if (!may_be_name(p)) unexpected(p);
    name = TOK;
    check_binding_name(p, &name);
    if (declaration) declare(p, name.name, DECL_LEXICAL, name.start, 0);
    next(p);
  } else if (declaration && !is_default) {
    unexpected(p);
  }
  scope_open(p, &s, SCOPE_CLASS);
  if (name.type != T_EOF) declare(p, name.name, DECL_LEXICAL, name.start, 0);
  if (eat(p, T_EXTENDS)) {
    c.derived = true;
    expr heritage;
    parse_left_hand_side(p, &heritage);
    require_value(p, &heritage);
    if (heritage.kind == EX_ARROW) unexpected(p);
    s.privates = p->private_count; // private names of its own are not known there
  }
  parse_class_body(p, &c);
  scope_close(p);
  p->strict = strict;
  p->no_in = no_in;
  p->target_count = targets;
  expect(p, T_RBRACE);
}
