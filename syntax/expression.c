// SPDX-License-Identifier: MIT
//
// Expressions from the comma down to calls (ECMA-262, chapter 13).
//
// Chains (a + b + c, a.b.c, a ? b : c ? d : e) are loops, not recursion: generated code has them in any
// length.
#include "syntax/parser.h"

void check_stack_slow(parser *p) { fail(p, TOK.start, TOK.end, "The program is nested too deeply"); }

// ---- What an expression turns out to be ----

void require_value(parser *p, const expr *e) {
  if (LODE_UNLIKELY(e->value_error != NONE))
    fail(p, e->value_error, e->value_error + 1, "%s", e->value_sentence);
  if (LODE_UNLIKELY(e->kind == EX_ARROW_HEAD)) unexpected(p); // at its =>
}

static bool is_eval_or_arguments(const atom *name) {
  return name->word == WORD_EVAL || name->word == WORD_ARGUMENTS;
}

// Writing to ns.x must meet the namespace object itself.
void written_member(parser *p, const expr *e) {
  if (e->ref != NONE) p->refs[e->ref].flags &= (uint8_t)~REF_MEMBER;
}

void require_target(parser *p, expr *e, bool pattern) {
  switch (e->kind) {
  case EX_NAME:
    if (p->strict && is_eval_or_arguments(e->name))
      fail(p, e->start, e->start + e->name->length, "Unexpected eval or arguments in strict mode");
    if (e->ref != NONE)
      p->refs[e->ref].flags |= (uint8_t)(p->strict ? REF_WRITTEN | REF_STRICT : REF_WRITTEN);
    return;
  case EX_MEMBER:
    written_member(p, e);
    return;
  case EX_OBJECT:
  case EX_ARRAY:
    if (!pattern || e->parenthesized) break;
    if (e->pattern_error != NONE) fail(p, e->pattern_error, e->pattern_error + 1, "%s", e->pattern_sentence);
    if (p->options.context && !p->module) context_pattern(p, e->refs);
    return;
  case EX_CALL: // Annex B, as the web needs it: fails only when it runs
    if (!p->strict && !pattern) return;
    break;
  default:
    break;
  }
  fail(p, e->start, p->lex.prev_end,
       pattern ? "Invalid left-hand side in assignment"
               : "Invalid left-hand side expression in postfix operation");
}

// ---- Left-hand sides ----

static bool callee_follows(const parser *p) {
  return TOK.type == T_LPAREN || TOK.type == T_TEMPLATE || TOK.type == T_OPTIONAL;
}

void parse_arguments(parser *p) {
  bool no_in = p->no_in;
  p->no_in = false;
  uint32_t targets = p->target_count;
  p->brackets++;
  next(p);
  while (!is(p, T_RPAREN)) {
    eat(p, T_ELLIPSIS);
    parse_assign(p);
    if (!is(p, T_RPAREN)) {
      if (!is(p, T_COMMA)) {
        fail_before(p, "missing ) after argument list");
      }
      next(p);
    }
  }
  next(p);
  p->brackets--;
  p->target_count = targets;
  p->no_in = no_in;
}

// eval(text): what it evaluates goes through the rewriter, too.
static void parse_direct_eval(parser *p) {
  lexer_mark mark = lexer_save(&p->lex);
  next(p);
  bool empty = is(p, T_RPAREN);
  lexer_restore(&p->lex, mark);
  if (!p->rewriting || empty) {
    parse_arguments(p);
    return;
  }
  edit(p, EDIT_OPEN, TOK.end, 0, p->options.context ? "$lodeX.e(" : "$lode.e(");
  parse_arguments(p);
  edit(p, EDIT_CLOSE, p->lex.prev_end - 1, 0, ")");
}

static void turn_into(expr *e, expr_kind kind) {
  e->kind = kind;
  e->parenthesized = false;
  e->private_member = false;
  e->value_error = NONE;
}

// What any object inherits: a module's bindings object would answer for it where its namespace does not.
static bool is_inherited_name(const parser *p) {
  static const char *const names[] = {
      "constructor",    "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable",
      "toLocaleString", "toString",       "valueOf"};
  if (!is(p, T_NAME)) return false;
  const atom *name = TOK.name;
  if (name->length > 2 && name->bytes[0] == '_' && name->bytes[1] == '_') return true;
  for (size_t i = 0; i < LODE_COUNT(names); i++)
    if (strlen(names[i]) == name->length && !memcmp(names[i], name->bytes, name->length)) return true;
  return false;
}

static bool parse_member_name(parser *p) { // whether it is private
  bool private_member = is(p, T_PRIVATE);
  if (private_member) {
    reference_private(p, &TOK);
  } else if (is(p, T_NAME)) {
    if (TOK.name->interesting) cjs_names_visit(p->cjs, TOK.start, CJS_AFTER_DOT | cjs_nesting(p));
  } else if (TOK.type < T_IN) {
    unexpected(p);
  }
  next(p);
  return private_member;
}

static void parse_index(parser *p) {
  bool no_in = p->no_in;
  p->no_in = false;
  uint32_t targets = p->target_count;
  next(p);
  parse_expression_value(p);
  expect(p, T_RBRACKET);
  p->target_count = targets;
  p->no_in = no_in;
}

// What follows a primary expression: members, calls, templates. `calls` is false behind `new`.
static void parse_tail(parser *p, expr *e, bool calls) {
  bool optional = false, private_member;
  for (;;) {
    switch (TOK.type) {
    case T_DOT:
      require_value(p, e);
      next(p);
      if (e->kind == EX_NAME && e->ref != NONE && !is_inherited_name(p)) p->refs[e->ref].flags |= REF_MEMBER;
      private_member = parse_member_name(p);
      turn_into(e, optional ? EX_OPTIONAL : EX_MEMBER);
      e->private_member = private_member;
      break;
    case T_LBRACKET:
      require_value(p, e);
      parse_index(p);
      turn_into(e, optional ? EX_OPTIONAL : EX_MEMBER);
      break;
    case T_LPAREN:
      if (!calls) return;
      require_value(p, e);
      if (e->kind == EX_NAME && e->name->word == WORD_EVAL && !e->parenthesized && !optional) {
        if (e->ref != NONE) p->refs[e->ref].flags |= REF_DIRECT;
        parse_direct_eval(p);
      } else
        parse_arguments(p);
      turn_into(e, optional ? EX_OPTIONAL : EX_CALL);
      break;
    case T_TEMPLATE:
      require_value(p, e);
      if (optional) fail(p, TOK.start, TOK.end, "Invalid tagged template on optional chain");
      parse_template(p, true);
      turn_into(e, EX_VALUE);
      break;
    case T_OPTIONAL:
      if (!calls) fail(p, TOK.start, TOK.end, "Invalid optional chain from new expression");
      require_value(p, e);
      optional = true;
      private_member = false;
      next(p);
      if (is(p, T_LPAREN))
        parse_arguments(p);
      else if (is(p, T_LBRACKET))
        parse_index(p);
      else if (is(p, T_TEMPLATE))
        fail(p, TOK.start, TOK.end, "Invalid tagged template on optional chain");
      else
        private_member = parse_member_name(p);
      turn_into(e, EX_OPTIONAL);
      e->private_member = private_member;
      break;
    default:
      return;
    }
  }
}

static bool paren_follows(parser *p) {
  lexer_mark mark = lexer_save(&p->lex);
  next(p);
  bool result = is(p, T_LPAREN);
  lexer_restore(&p->lex, mark);
  return result;
}

static void parse_new(parser *p, expr *e) {
  check_stack(p);
  next(p);
  if (is(p, T_DOT)) {
    next(p);
    if (!is_word(p, WORD_TARGET)) unexpected(p);
    if (!p->fn->new_target) fail(p, TOK.start, TOK.end, "new.target expression is not allowed here");
    next(p);
    e->kind = EX_VALUE;
    parse_tail(p, e, true);
    return;
  }
  expr callee;
  bool is_super = is(p, T_SUPER);
  expr_init(&callee, TOK.start);
  if (is(p, T_NEW))
    parse_new(p, &callee);
  else if (is(p, T_IMPORT))
    parse_import_call_or_meta(p, &callee, true);
  else if (is_word(p, WORD_ASYNC) && paren_follows(p))
    parse_name(p, &callee); // the parentheses are those of `new`
  else
    parse_primary(p, &callee);
  if (is_super && is(p, T_LPAREN)) fail(p, callee.start, p->lex.prev_end, "'super' keyword unexpected here");
  parse_tail(p, &callee, false);
  require_value(p, &callee);
  if (is(p, T_LPAREN)) parse_arguments(p);
  e->kind = EX_VALUE;
}

void parse_left_hand_side(parser *p, expr *e) {
  expr_init(e, TOK.start);
  if (LODE_UNLIKELY(is(p, T_NEW))) {
    parse_new(p, e);
    parse_tail(p, e, true);
    return;
  }
  parse_primary(p, e);
  if (e->kind == EX_ARROW || e->kind == EX_ARROW_HEAD) return;
  if (e->ref != NONE && callee_follows(p)) p->refs[e->ref].flags |= REF_CALLEE;
  parse_tail(p, e, true);
}

// ---- Unary ----

static void parse_prefix_update(parser *p, expr *e) {
  uint32_t start = TOK.start;
  next(p);
  expr operand;
  parse_unary(p, &operand);
  require_value(p, &operand);
  if (operand.kind != EX_NAME && operand.kind != EX_MEMBER && (operand.kind != EX_CALL || p->strict))
    fail(p, operand.start, p->lex.prev_end, "Invalid left-hand side expression in prefix operation");
  require_target(p, &operand, false);
  expr_init(e, start);
}

static void parse_await(parser *p, expr *e) {
  uint32_t start = TOK.start, saved_at = p->fn->trys;
  bool top = p->fn->top, guarded = saved_at > 0;
  if (TOK.flags & TOKEN_ESCAPED) fail(p, start, TOK.end, "Keyword must not contain escaped characters");
  p->last_yield_or_await = start;
  if (top) p->result->has_top_await = true;
  if (guarded) {
    p->fn->awaits++;
    p->fn->uses_saved = true;
  }
  // The operand goes first, to $lode.a, which hands out the async context: nothing runs between that and the
  // await.
  if (p->rewriting)
    edit(p, EDIT_OPEN, start, TOK.end - start, guarded ? "$lode.r($lodeT=$lode.a(" : "$lode.r($lode.a(");
  next(p);
  expr operand;
  parse_unary(p, &operand);
  require_value(p, &operand);
  if (p->rewriting) {
    if (top)
      *ARENA_PUSH(&p->memory, p->top_awaits, p->top_await_count, p->top_await_capacity) = p->edit_count;
    edit(p, EDIT_CLOSE, p->lex.prev_end, 0, guarded ? AWAIT_GUARDED : AWAIT_PLAIN);
  }
  expr_init(e, start);
}

// Whether `await` here is the operator and not a name.
static bool is_await_operator(const parser *p) {
  return TOK.type == T_NAME && TOK.name->word == WORD_AWAIT && p->fn->async;
}

static void refuse_power(parser *p, uint32_t start) {
  if (is(p, T_POWER))
    fail(p, start, TOK.end,
         "Unary operator used immediately before exponentiation expression. Parenthesis must be used to "
         "disambiguate operator precedence");
}

static void parse_prefix_operator(parser *p, expr *e) {
  token op = TOK;
  next(p);
  bool name_next = is(p, T_NAME);
  token first = TOK;
  expr operand;
  uint32_t refs = p->ref_count;
  parse_unary(p, &operand);
  require_value(p, &operand);
  if (op.type == T_DELETE) {
    if (p->strict && operand.kind == EX_NAME)
      fail(p, operand.start, p->lex.prev_end, "Delete of an unqualified identifier in strict mode.");
    if (operand.kind == EX_MEMBER) written_member(p, &operand);
    if (operand.private_member) fail_before(p, "Private fields can not be deleted");
    if (p->options.context && operand.kind == EX_NAME) context_delete(p, &operand, op.start);
  }
  if (op.type == T_TYPEOF && name_next && operand.kind == EX_NAME && refs < p->ref_count &&
      p->refs[refs].start == first.start)
    p->refs[refs].flags |= REF_TYPEOF;
  refuse_power(p, op.start);
  expr_init(e, op.start);
}

void parse_unary(parser *p, expr *e) {
  check_stack(p);
  switch (TOK.type) {
  case T_NOT:
  case T_TILDE:
  case T_PLUS:
  case T_MINUS:
  case T_TYPEOF:
  case T_VOID:
  case T_DELETE:
    parse_prefix_operator(p, e);
    return;
  case T_INCREMENT:
  case T_DECREMENT:
    parse_prefix_update(p, e);
    return;
  case T_NAME:
    if (LODE_UNLIKELY(is_await_operator(p))) {
      parse_await(p, e);
      refuse_power(p, e->start);
      return;
    }
    break;
  default:
    break;
  }
  parse_left_hand_side(p, e);
  if ((is(p, T_INCREMENT) || is(p, T_DECREMENT)) && !newline_before(p)) {
    require_value(p, e);
    require_target(p, e, false);
    next(p);
    turn_into(e, EX_VALUE);
  }
}

// ---- Binary ----

// Higher binds tighter; 0 is no binary op.
static inline int precedence(const parser *p) {
  switch (TOK.type) {
  case T_COALESCE:
    return 1;
  case T_OR:
    return 2;
  case T_AND:
    return 3;
  case T_BIT_OR:
    return 4;
  case T_BIT_XOR:
    return 5;
  case T_BIT_AND:
    return 6;
  case T_EQUALITY:
    return 7;
  case T_IN:
    return p->no_in ? 0 : 8;
  case T_LESS:
  case T_INSTANCEOF:
    return 8;
  case T_SHIFT:
    return 9;
  case T_PLUS:
  case T_MINUS:
    return 10;
  case T_STAR:
  case T_SLASH:
  case T_PERCENT:
    return 11;
  case T_POWER:
    return 12;
  default:
    return 0;
  }
}

// #name in object
static void parse_private_in(parser *p, expr *e, int least) {
  expr_init(e, TOK.start);
  token name = TOK;
  next(p);
  if (!is(p, T_IN) || p->no_in || least > 8)
    fail(p, name.start, name.end, "Unexpected identifier '%.*s'", (int)name.name->length, name.name->bytes);
  reference_private(p, &name);
}

// An expression whose operators all bind at least as tightly as `least`.
static void parse_binary(parser *p, expr *e, int least) {
  if (LODE_UNLIKELY(is(p, T_PRIVATE)))
    parse_private_in(p, e, least);
  else
    parse_unary(p, e);
  bool mixed_or = false, mixed_coalesce = false; // which of || && and ?? stand here without parentheses
  for (;;) {
    int level = precedence(p);
    if (LODE_LIKELY(level == 0) || level < least) return;
    require_value(p, e);
    if (level == 1 ? mixed_or : level <= 3 && mixed_coalesce) unexpected(p);
    if (level == 1)
      mixed_coalesce = true;
    else if (level <= 3)
      mixed_or = true;
    next(p);
    expr right;
    // ** is right-associative; an operand of ?? may hold no || or && of its own.
    parse_binary(p, &right, level == 12 ? 12 : level == 1 ? 4 : level + 1);
    require_value(p, &right);
    uint32_t start = e->start;
    expr_init(e, start);
  }
}

// ---- Conditional, assignment, comma ----

static bool yield_operand_follows(const parser *p) {
  if (newline_before(p)) return false;
  switch (TOK.type) {
  case T_EOF:
  case T_RPAREN:
  case T_RBRACKET:
  case T_RBRACE:
  case T_COMMA:
  case T_SEMICOLON:
  case T_COLON:
  case T_IN:
    return false;
  default:
    return true;
  }
}

static void parse_yield(parser *p, expr *e) {
  uint32_t start = TOK.start;
  if (TOK.flags & TOKEN_ESCAPED) fail(p, start, TOK.end, "Keyword must not contain escaped characters");
  expr_init(e, start);
  p->last_yield_or_await = start;
  next(p);
  if (is(p, T_STAR) && !newline_before(p)) {
    bool carried = p->rewriting && p->fn->async;
    if (carried) edit(p, EDIT_OPEN, start, 0, "$lode.r($lode.c,");
    next(p);
    parse_assign(p);
    if (carried) edit(p, EDIT_CLOSE, p->lex.prev_end, 0, ")");
  } else if (yield_operand_follows(p)) {
    parse_assign(p);
  }
}

static void parse_assignment_tail(parser *p, expr *e) {
  token_type op = TOK.type;
  bool plain = op == T_ASSIGN;
  if (e->kind == EX_OBJECT || e->kind == EX_ARRAY) {
    if (!plain) fail(p, e->start, p->lex.prev_end, "Invalid left-hand side in assignment");
    require_target(p, e, true);
  } else {
    require_value(p, e);
    if (e->kind != EX_CALL || p->strict || op == T_ASSIGN_LOGICAL) require_target(p, e, true);
  }
  uint32_t start = e->start, targets = e->targets;
  bool was_name = e->kind == EX_NAME, was_pattern = e->kind == EX_OBJECT || e->kind == EX_ARRAY;
  uint32_t binding_error = e->binding_error;
  if (was_name && !e->parenthesized) {
    targets = p->target_count;
    *ARENA_PUSH(&p->memory, p->targets, p->target_count, p->target_capacity) = (target){e->name, start};
  } else if (!was_pattern) {
    targets = p->target_count;
    binding_error = start;
  }
  uint32_t after_left = p->target_count;
  next(p);
  parse_assign(p);
  p->target_count = after_left;
  expr_init(e, start);
  if (!plain) return;
  e->kind = EX_ASSIGN;
  e->targets = targets;
  e->binding_error = binding_error;
}

// Behind what may be an assignment's left side or an arrow function's head, which began at e->start with so
// many references and targets collected.
static void parse_assign_rest(parser *p, expr *e, uint32_t start, uint32_t refs, uint32_t targets) {
  switch (TOK.type) {
  case T_ARROW:
    if (e->start != start || newline_before(p)) unexpected(p);
    if (e->kind == EX_NAME && !e->parenthesized) {
      e->refs = refs;
      e->targets = p->target_count;
      *ARENA_PUSH(&p->memory, p->targets, p->target_count, p->target_capacity) = (target){e->name, start};
      e->simple = true;
      e->kind = EX_ARROW_HEAD;
    } else if (e->kind != EX_ARROW_HEAD) {
      fail(p, start, p->lex.prev_end, "Malformed arrow function parameter list");
    }
    parse_arrow(p, e);
    expr_init(e, start);
    e->kind = EX_ARROW;
    p->target_count = targets;
    return;
  case T_ASSIGN:
  case T_ASSIGN_OP:
  case T_ASSIGN_LOGICAL:
    parse_assignment_tail(p, e);
    return;
  default:
    return;
  }
}

static bool is_yield_operator(const parser *p) {
  return is(p, T_NAME) && TOK.name->word == WORD_YIELD && p->fn->generator;
}

// At the ? behind a condition. a ? b : c ? d : e goes round in here.
static void parse_conditional_tail(parser *p, expr *e) {
  uint32_t start = e->start, targets = p->target_count;
  expr last = *e;
  while (is(p, T_QUESTION)) {
    require_value(p, &last);
    bool no_in = p->no_in;
    p->no_in = false;
    next(p);
    parse_assign(p);
    p->no_in = no_in;
    expect(p, T_COLON);
    if (is_yield_operator(p)) {
      parse_yield(p, &last);
      break;
    }
    uint32_t last_start = TOK.start, refs = p->ref_count;
    parse_binary(p, &last, 1);
    if (is(p, T_QUESTION)) continue;
    parse_assign_rest(p, &last, last_start, refs, targets);
    require_value(p, &last);
    break;
  }
  p->target_count = targets;
  expr_init(e, start);
}

void parse_assign_cover(parser *p, expr *e) {
  check_stack(p);
  if (LODE_UNLIKELY(is_yield_operator(p))) {
    parse_yield(p, e);
    return;
  }
  uint32_t start = TOK.start, refs = p->ref_count, targets = p->target_count;
  parse_binary(p, e, 1);
  if (is(p, T_QUESTION))
    parse_conditional_tail(p, e);
  else
    parse_assign_rest(p, e, start, refs, targets);
}

void parse_assign(parser *p) {
  expr e;
  parse_assign_cover(p, &e);
  require_value(p, &e);
}

void parse_expression(parser *p, expr *e) {
  parse_assign_cover(p, e);
  if (LODE_LIKELY(!is(p, T_COMMA))) return;
  require_value(p, e);
  uint32_t start = e->start;
  while (eat(p, T_COMMA)) parse_assign(p);
  expr_init(e, start);
}

void parse_expression_value(parser *p) {
  expr e;
  parse_expression(p, &e);
  require_value(p, &e);
}
