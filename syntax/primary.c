// SPDX-License-Identifier: MIT
//
// Primary expressions: names, literals, parentheses, templates.
#include "syntax/parser.h"

// ---- Names ----

bool is_strict_reserved(const atom *name) {
  switch (name->word) {
  case WORD_IMPLEMENTS:
  case WORD_INTERFACE:
  case WORD_LET:
  case WORD_PACKAGE:
  case WORD_PRIVATE:
  case WORD_PROTECTED:
  case WORD_PUBLIC:
  case WORD_STATIC:
  case WORD_YIELD:
    return true;
  default:
    return false;
  }
}

bool may_be_name(parser *p) {
  if (TOK.type != T_NAME || (TOK.flags & TOKEN_RESERVED)) return false;
  int word = TOK.name->word;
  if (LODE_LIKELY(word == WORD_NONE)) return true;
  if (word == WORD_AWAIT) return !p->module && !p->fn->async && !p->fn->static_block;
  if (word == WORD_YIELD && p->fn->generator) return false;
  return !p->strict || !is_strict_reserved(TOK.name);
}

void refuse_octal(parser *p, const token *literal) {
  const char *text = p->lex.text + literal->start;
  uint32_t length = literal->end - literal->start;
  bool beyond = false; // an 8 or 9 where only octal digits mean something
  if (literal->type == T_NUMBER) {
    for (uint32_t i = 0; i < length; i++) beyond |= text[i] == '8' || text[i] == '9' || text[i] == '.';
    fail(p, literal->start, literal->end,
         beyond ? "Decimals with leading zeros are not allowed in strict mode."
                : "Octal literals are not allowed in strict mode.");
  }
  for (uint32_t i = 0; i + 1 < length; i++)
    if (text[i] == '\\' && !beyond) beyond = text[i + 1] == '8' || text[i + 1] == '9', i++;
  fail(p, literal->start, literal->end,
       beyond ? "\\8 and \\9 are not allowed in strict mode."
              : "Octal escape sequences are not allowed in strict mode.");
}

void check_binding_name(parser *p, const token *name) {
  if (p->strict && (name->name->word == WORD_EVAL || name->name->word == WORD_ARGUMENTS))
    fail(p, name->start, name->end, "Unexpected eval or arguments in strict mode");
}

void parse_name(parser *p, expr *e) {
  if (LODE_UNLIKELY(!may_be_name(p))) unexpected(p);
  atom *name = TOK.name;
  if (LODE_UNLIKELY(name->word)) {
    if (name->word == WORD_ARGUMENTS && p->fn->class_init)
      fail(p, TOK.start, TOK.end,
           "'arguments' is not allowed in class field initializer or static initialization block");
    if (name->word == WORD_AWAIT) p->last_await_name = TOK.start;
  }
  e->kind = EX_NAME;
  e->name = name;
  if (p->collect_refs) e->ref = reference_add(p, &TOK, TOK.start == p->hazard_at ? REF_HAZARD : 0);
  if (LODE_UNLIKELY(name->interesting)) cjs_names_visit(p->cjs, TOK.start, cjs_nesting(p));
  next(p);
}

// At `async`: a function, an arrow function, a call, or just a name.
static void parse_async(parser *p, expr *e) {
  lexer_mark mark = lexer_save(&p->lex);
  token async = TOK;
  next(p);
  if (!newline_before(p)) {
    if (is(p, T_FUNCTION)) {
      parse_function_expression(p, true);
      return;
    }
    if (is(p, T_LPAREN)) {
      parse_async_call(p, e, &async);
      return;
    }
    if (is(p, T_NAME)) {
      token parameter = TOK;
      bool fits = TOK.name->word == WORD_AWAIT ? false : may_be_name(p);
      next(p);
      if (is(p, T_ARROW) && !newline_before(p)) {
        if (!fits) fail(p, parameter.start, parameter.end, "Unexpected reserved word");
        e->kind = EX_ARROW_HEAD;
        e->async = e->simple = true;
        e->refs = p->ref_count;
        e->targets = p->target_count;
        *ARENA_PUSH(&p->memory, p->targets, p->target_count, p->target_capacity) =
            (target){parameter.name, parameter.start};
        return;
      }
    }
  }
  lexer_restore(&p->lex, mark);
  parse_name(p, e);
}

// ---- Parentheses ----

static void note(uint32_t *first, uint32_t at) {
  if (*first == NONE) *first = at;
}

void pattern_add(parser *p, expr *outer, expr *element) {
  if (outer->value_error == NONE && element->value_error != NONE) {
    outer->value_error = element->value_error;
    outer->value_sentence = element->value_sentence;
  }
  switch (element->kind) {
  case EX_NAME:
    if (p->strict && (element->name->word == WORD_EVAL || element->name->word == WORD_ARGUMENTS) &&
        outer->pattern_error == NONE) {
      outer->pattern_error = element->start;
      outer->pattern_sentence = "Unexpected eval or arguments in strict mode";
    }
    if (element->parenthesized)
      note(&outer->binding_error, element->start);
    else
      *ARENA_PUSH(&p->memory, p->targets, p->target_count, p->target_capacity) =
          (target){element->name, element->start};
    return;
  case EX_MEMBER:
    written_member(p, element);
    note(&outer->binding_error, element->start);
    return;
  case EX_ASSIGN:
  case EX_OBJECT:
  case EX_ARRAY:
    if (element->parenthesized) break;
    if (element->pattern_error != NONE && outer->pattern_error == NONE) {
      outer->pattern_error = element->pattern_error;
      outer->pattern_sentence = element->pattern_sentence;
    }
    if (element->binding_error != NONE) note(&outer->binding_error, element->binding_error);
    outer->simple = false;
    return;
  default:
    break;
  }
  if (outer->pattern_error == NONE) {
    outer->pattern_error = element->start;
    outer->pattern_sentence = "Invalid destructuring assignment target";
  }
}

// The parts of (a, b = 1, ...c): up to and with the closing parenthesis. Tells how many; *only_arrow is the
// token, if any, that only an arrow function can have.
static uint32_t parse_parts(parser *p, expr *head, expr *last, token *only_arrow) {
  uint32_t count = 0;
  while (!is(p, T_RPAREN)) {
    if (is(p, T_ELLIPSIS)) {
      *only_arrow = TOK;
      next(p);
      if (!is(p, T_NAME) && !is(p, T_LBRACKET) && !is(p, T_LBRACE)) unexpected(p);
      parse_binding(p, (declaration_kind)BIND_TARGETS);
      head->simple = false;
      if (is(p, T_ASSIGN)) fail(p, TOK.start, TOK.end, "Rest parameter may not have a default initializer");
      if (!is(p, T_RPAREN)) fail_before(p, "Rest parameter must be last formal parameter");
      break;
    }
    parse_assign_cover(p, last);
    pattern_add(p, head, last);
    count++;
    if (!is(p, T_COMMA)) break;
    next(p);
    if (is(p, T_RPAREN)) *only_arrow = TOK;
  }
  if (count == 0 && is(p, T_RPAREN) && only_arrow->type == T_EOF) *only_arrow = TOK;
  expect(p, T_RPAREN);
  return count;
}

void refuse_in_parameter(parser *p, uint32_t at) {
  fail(p, at, at + 5,
       p->lex.text[at] == 'y' ? "Yield expression not allowed in formal parameter"
                              : "Illegal await-expression in formal parameters of async function");
}

static void become_arrow_head(parser *p, expr *e, uint32_t start) {
  if (e->pattern_error != NONE) fail(p, e->pattern_error, e->pattern_error + 1, "%s", e->pattern_sentence);
  if (e->binding_error != NONE)
    fail(p, e->binding_error, e->binding_error + 1, "Invalid destructuring assignment target");
  if (p->last_yield_or_await != NONE && p->last_yield_or_await >= start)
    refuse_in_parameter(p, p->last_yield_or_await);
  e->kind = EX_ARROW_HEAD;
  e->value_error = NONE;
}

void parse_parenthesized(parser *p, expr *e) {
  uint32_t start = TOK.start;
  bool no_in = p->no_in;
  token only_arrow = {.type = T_EOF};
  p->no_in = false;
  expr last;
  expr_init(&last, start);
  e->refs = p->ref_count;
  e->targets = p->target_count;
  e->simple = true;
  p->brackets++;
  next(p);
  uint32_t count = parse_parts(p, e, &last, &only_arrow);
  p->brackets--;
  p->no_in = no_in;
  if (is(p, T_ARROW) && !newline_before(p)) {
    become_arrow_head(p, e, start);
    return;
  }
  if (only_arrow.type != T_EOF) {
    TOK = only_arrow;
    unexpected(p);
  }
  require_value(p, e);
  p->target_count = e->targets;
  uint32_t targets = e->targets;
  expr_init(e, start);
  e->targets = targets;
  if (count != 1) return;
  require_value(p, &last);
  if (last.kind == EX_NAME || last.kind == EX_MEMBER || last.kind == EX_OPTIONAL || last.kind == EX_CALL) {
    e->kind = last.kind;
    e->name = last.name;
    e->ref = last.ref;
    e->private_member = last.private_member;
    e->parenthesized = true;
  } else if (last.kind == EX_OBJECT || last.kind == EX_ARRAY) {
    e->kind = last.kind;
    e->pattern_error = start;
    e->pattern_sentence = "Invalid destructuring assignment target";
    e->parenthesized = true;
  }
}

void parse_async_call(parser *p, expr *e, const token *async) {
  bool no_in = p->no_in;
  p->no_in = false;
  expr part;
  expr_init(&part, TOK.start);
  e->refs = p->ref_count;
  e->targets = p->target_count;
  e->simple = true;
  bool spread = false;
  p->brackets++;
  next(p);
  while (!is(p, T_RPAREN)) {
    if (is(p, T_ELLIPSIS)) {
      spread = true;
      e->simple = false;
      next(p);
      parse_assign_cover(p, &part);
      if (part.kind == EX_ASSIGN) note(&e->binding_error, part.start);
    } else {
      parse_assign_cover(p, &part);
    }
    pattern_add(p, e, &part);
    if (!is(p, T_COMMA)) break;
    next(p);
    if (spread) note(&e->binding_error, TOK.start);
  }
  if (!is(p, T_RPAREN)) {
    fail_before(p, "missing ) after argument list");
  }
  next(p);
  p->brackets--;
  p->no_in = no_in;
  if (is(p, T_ARROW) && !newline_before(p)) {
    for (uint32_t i = e->targets; i < p->target_count; i++)
      if (p->targets[i].name->word == WORD_AWAIT)
        fail(p, p->targets[i].start, p->targets[i].start + 5,
             "'await' is not a valid identifier name in an async function");
    if (p->last_await_name != NONE && p->last_await_name >= async->start)
      fail(p, p->last_await_name, p->last_await_name + 5, "Unexpected reserved word");
    become_arrow_head(p, e, async->start);
    e->async = true;
    return;
  }
  require_value(p, e);
  p->target_count = e->targets;
  expr_init(e, async->start);
  e->kind = EX_CALL;
}

// ---- Templates ----

void parse_template(parser *p, bool tagged) {
  bool no_in = p->no_in;
  p->no_in = false;
  uint32_t targets = p->target_count;
  for (;;) {
    if (!tagged && (TOK.flags & TOKEN_BAD_ESCAPE)) lexer_refuse_template(&p->lex);
    if (TOK.flags & TOKEN_TAIL) break;
    next(p);
    uint32_t start = TOK.start;
    p->brackets++;
    parse_expression_value(p);
    p->brackets--;
    if (!is(p, T_RBRACE)) fail(p, start, TOK.start, "Missing } in template expression");
    lexer_template(&p->lex);
  }
  next(p);
  p->target_count = targets;
  p->no_in = no_in;
}

// ---- All of them ----

static void parse_super(parser *p) {
  token super = TOK;
  next(p);
  bool eval = p->options.goal == SYNTAX_EVAL;
  if (is(p, T_LPAREN)) {
    if (p->fn->super_call || eval) return;
  } else if (is(p, T_DOT) || is(p, T_LBRACKET)) {
    if (p->fn->super_property || eval) {
      if (is(p, T_DOT)) {
        lexer_mark mark = lexer_save(&p->lex);
        next(p);
        if (is(p, T_PRIVATE)) fail(p, TOK.start, TOK.end, "Unexpected private field");
        lexer_restore(&p->lex, mark);
      }
      return;
    }
  }
  fail(p, super.start, super.end, "'super' keyword unexpected here");
}

void parse_primary(parser *p, expr *e) {
  switch (TOK.type) {
  case T_NAME:
    if (LODE_UNLIKELY(TOK.name->word == WORD_ASYNC) && !(TOK.flags & TOKEN_ESCAPED))
      parse_async(p, e);
    else
      parse_name(p, e);
    return;
  case T_STRING:
    if (p->strict && (TOK.flags & TOKEN_OCTAL)) refuse_octal(p, &TOK);
    e->kind = EX_STRING;
    next(p);
    return;
  case T_NUMBER:
    if (p->strict && (TOK.flags & TOKEN_OCTAL)) refuse_octal(p, &TOK);
    next(p);
    return;
  case T_THIS:
  case T_NULL:
  case T_TRUE:
  case T_FALSE:
  case T_BIGINT:
    next(p);
    return;
  case T_LPAREN:
    parse_parenthesized(p, e);
    return;
  case T_LBRACE:
    parse_object(p, e);
    return;
  case T_LBRACKET:
    parse_array(p, e);
    return;
  case T_FUNCTION:
    parse_function_expression(p, false);
    return;
  case T_CLASS:
    parse_class(p, false, false);
    return;
  case T_TEMPLATE:
    parse_template(p, false);
    return;
  case T_IMPORT:
    parse_import_call_or_meta(p, e, false);
    return;
  case T_SUPER:
    parse_super(p);
    return;
  case T_SLASH:
  case T_ASSIGN_OP:
    if (p->lex.text[TOK.start] != '/') unexpected(p);
    lexer_regexp(&p->lex);
    next(p);
    return;
  default:
    unexpected(p);
  }
}
