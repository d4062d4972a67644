// SPDX-License-Identifier: MIT
//
// Array and object literals, which may turn out to be patterns.
#include "syntax/parser.h"

static void not_a_pattern(expr *e, uint32_t at) {
  if (e->pattern_error != NONE) return;
  e->pattern_error = at;
  e->pattern_sentence = "Invalid destructuring assignment target";
}

// ...x in a literal: as a pattern it must come last, and an object's must be a plain target.
static void parse_spread(parser *p, expr *e, bool in_object) {
  uint32_t at = TOK.start;
  next(p);
  expr element;
  parse_assign_cover(p, &element);
  pattern_add(p, e, &element);
  if (in_object && (element.kind == EX_OBJECT || element.kind == EX_ARRAY) && e->pattern_error == NONE) {
    e->pattern_error = at;
    e->pattern_sentence = "`...` must be followed by an assignable reference in assignment contexts";
  }
  if (element.kind == EX_ASSIGN) not_a_pattern(e, at);
  if (is(p, T_COMMA) && e->pattern_error == NONE) {
    e->pattern_error = at;
    e->pattern_sentence = "Rest element must be last element";
  }
}

void parse_array(parser *p, expr *e) {
  check_stack(p);
  bool no_in = p->no_in;
  p->no_in = false;
  e->kind = EX_ARRAY;
  e->targets = p->target_count;
  e->refs = p->ref_count;
  next(p);
  while (!is(p, T_RBRACKET)) {
    if (eat(p, T_COMMA)) continue;
    if (is(p, T_ELLIPSIS)) {
      parse_spread(p, e, false);
    } else {
      expr element;
      parse_assign_cover(p, &element);
      pattern_add(p, e, &element);
    }
    if (!is(p, T_RBRACKET)) expect(p, T_COMMA);
  }
  next(p);
  p->no_in = no_in;
}

// ---- Objects ----

void parse_property_key(parser *p, property_key *key) {
  *key = (property_key){.token = TOK};
  switch (TOK.type) {
  case T_STRING: {
    if (p->strict && (TOK.flags & TOKEN_OCTAL)) refuse_octal(p, &TOK);
    syntax_name value = lexer_string_value(&p->lex, &TOK, NULL);
    key->is_constructor = value.length == 11 && !memcmp(value.bytes, "constructor", 11);
    key->is_prototype = value.length == 9 && !memcmp(value.bytes, "prototype", 9);
    key->is_proto = value.length == 9 && !memcmp(value.bytes, "__proto__", 9);
    break;
  }
  case T_NUMBER:
    if (p->strict && (TOK.flags & TOKEN_OCTAL)) refuse_octal(p, &TOK);
    break;
  case T_BIGINT:
    break;
  case T_PRIVATE:
    key->private_name = true;
    break;
  case T_LBRACKET: {
    uint32_t targets = p->target_count;
    bool no_in = p->no_in;
    p->no_in = false;
    key->computed = true;
    next(p);
    parse_assign(p);
    if (!is(p, T_RBRACKET)) unexpected(p);
    p->target_count = targets;
    p->no_in = no_in;
    break;
  }
  case T_NAME:
    key->is_constructor = TOK.name->word == WORD_CONSTRUCTOR;
    key->is_prototype = TOK.name->word == WORD_PROTOTYPE;
    key->is_proto = TOK.name->word == WORD_PROTO;
    break;
  default:
    if (TOK.type < T_IN) unexpected(p);
  }
  next(p);
}

// Behind `get`, `set`, `async`: whether a property's name follows, so that it was a modifier.
static bool key_follows(const parser *p) {
  switch (TOK.type) {
  case T_COMMA:
  case T_COLON:
  case T_LPAREN:
  case T_RBRACE:
  case T_ASSIGN:
  case T_EOF:
    return false;
  default:
    return true;
  }
}

// {x} or {x = 1}, whose name has been read.
static void parse_shorthand(parser *p, expr *e, token *name) {
  lexer_mark here = lexer_save(&p->lex);
  p->lex.tok = *name;
  if (!may_be_name(p)) unexpected(p);
  p->lex.tok = here.tok;
  if (name->name->word == WORD_ARGUMENTS && p->fn->class_init)
    fail(p, name->start, name->end,
         "'arguments' is not allowed in class field initializer or static initialization block");
  if (name->name->word == WORD_AWAIT) p->last_await_name = name->start;
  if (name->name->interesting) cjs_names_visit(p->cjs, name->start, cjs_nesting(p));
  reference_add(p, name, REF_SHORTHAND);
  expr element;
  expr_init(&element, name->start);
  element.kind = EX_NAME;
  element.name = name->name;
  pattern_add(p, e, &element);
  if (!is(p, T_ASSIGN)) return;
  if (e->value_error == NONE) {
    e->value_error = name->start;
    e->value_sentence = "Invalid shorthand property initializer";
  }
  uint32_t targets = p->target_count;
  next(p);
  parse_assign(p);
  p->target_count = targets;
}

static void parse_value(parser *p, expr *e, const property_key *key, bool *has_proto) {
  next(p);
  if (key->is_proto && !key->computed) {
    if (*has_proto && e->value_error == NONE) {
      e->value_error = key->token.start;
      e->value_sentence = "Duplicate __proto__ fields are not allowed in object literals";
    }
    *has_proto = true;
  }
  expr element;
  parse_assign_cover(p, &element);
  pattern_add(p, e, &element);
}

// Reads `async`, `*`, `get` and `set` where they are modifiers. Returns false where the word was a key by
// itself: *key.
static bool parse_modifiers(parser *p, int *flags, property_key *key) {
  *flags = FN_METHOD;
  if (is_word(p, WORD_GET) || is_word(p, WORD_SET) || is_word(p, WORD_ASYNC)) {
    int word = TOK.name->word;
    *key = (property_key){.token = TOK};
    next(p);
    if (!key_follows(p) || (word == WORD_ASYNC && newline_before(p)) || (word != WORD_ASYNC && is(p, T_STAR)))
      return false;
    *flags |= word == WORD_ASYNC ? FN_ASYNC : word == WORD_GET ? FN_GETTER : FN_SETTER;
  }
  if (is(p, T_STAR)) {
    *flags |= FN_GENERATOR;
    next(p);
  }
  return true;
}

static void parse_property(parser *p, expr *e, bool *has_proto) {
  int flags;
  property_key key;
  uint32_t start = TOK.start;
  if (parse_modifiers(p, &flags, &key)) parse_property_key(p, &key);
  if (key.private_name)
    fail(p, key.token.start, key.token.end, "Unexpected identifier '%.*s'", (int)key.token.name->length,
         key.token.name->bytes);
  if (flags != FN_METHOD || is(p, T_LPAREN)) {
    if (!is(p, T_LPAREN)) unexpected(p);
    parse_method(p, flags);
    not_a_pattern(e, start);
  } else if (is(p, T_COLON)) {
    parse_value(p, e, &key, has_proto);
  } else if (key.token.type == T_NAME && (is(p, T_COMMA) || is(p, T_RBRACE) || is(p, T_ASSIGN))) {
    parse_shorthand(p, e, &key.token);
  } else {
    if (key.token.type != T_NAME && (is(p, T_COMMA) || is(p, T_RBRACE))) {
      p->lex.tok = key.token;
    }
    unexpected(p);
  }
}

void parse_object(parser *p, expr *e) {
  check_stack(p);
  bool no_in = p->no_in, has_proto = false;
  p->brackets++;
  p->no_in = false;
  e->kind = EX_OBJECT;
  e->targets = p->target_count;
  e->refs = p->ref_count;
  next(p);
  while (!is(p, T_RBRACE)) {
    if (is(p, T_ELLIPSIS))
      parse_spread(p, e, true);
    else
      parse_property(p, e, &has_proto);
    if (!is(p, T_RBRACE)) expect(p, T_COMMA);
  }
  next(p);
  p->brackets--;
  p->no_in = no_in;
}
