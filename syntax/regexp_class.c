// SPDX-License-Identifier: MIT
//
// Regular-expression literals: character classes, those of v with their sets included. Nested classes are on
// a stack of their own.
#include "syntax/regexp_parts.h"

#include <stdlib.h>

// What an operand of a class is.
typedef struct class_atom {
  bool is_character; // else a set of them
  bool strings;      // may hold strings of other lengths than one
  uint32_t point;
} class_atom;

// \d and the like and \p{...}, where the cursor stands behind the backslash; *found says whether it was one.
static bool read_class_escape(regexp *r, class_atom *atom, bool *found) {
  int c = regexp_peek(r);
  *found = true;
  switch (c) {
  case 'd':
  case 'D':
  case 's':
  case 'S':
  case 'w':
  case 'W':
    r->at++;
    return true;
  case 'p':
  case 'P':
    if (!r->unicode) break;
    r->at++;
    return regexp_check_property(r, c == 'P', &atom->strings) ||
           regexp_fail(r, "Invalid property name in character class");
  }
  *found = false;
  return true;
}

// Behind a backslash.
static bool read_escape(regexp *r, class_atom *atom) {
  bool found;
  if (!read_class_escape(r, atom, &found)) return false;
  if (found) return true;
  atom->is_character = true;
  if (regexp_eat(r, 'b')) {
    atom->point = '\b';
    return true;
  }
  return regexp_read_character_escape(r, true, &atom->point);
}

// Without v

static bool read_atom(regexp *r, class_atom *atom) {
  *atom = (class_atom){0};
  if (!r->trail && regexp_eat(r, '\\')) return read_escape(r, atom);
  atom->is_character = true;
  atom->point = regexp_read_character(r);
  return true;
}

static bool at_class_end(const regexp *r) { return !r->trail && (r->at == r->end || *r->at == ']'); }

static bool check_ranges(regexp *r) {
  regexp_eat(r, '^');
  while (!at_class_end(r)) {
    class_atom from, to;
    if (!read_atom(r, &from)) return false;
    if (r->trail || regexp_peek(r) != '-') continue;
    r->at++;
    if (at_class_end(r)) break;
    if (!read_atom(r, &to)) return false;
    if (!from.is_character || !to.is_character) {
      if (r->unicode) return regexp_fail(r, "Invalid character class");
    } else if (from.point > to.point) {
      return regexp_fail(r, "Range out of order in character class");
    }
  }
  return regexp_eat(r, ']') || regexp_fail(r, "Unterminated character class");
}

// With v

enum class_kind { CLASS_UNION, CLASS_INTERSECTION, CLASS_SUBTRACTION };

typedef struct set_class {
  uint8_t kind;
  bool negated;
  bool strings;       // its contents may hold strings
  bool first;         // no operand yet
  bool operator_read; // the next must be an operand
  bool single;        // one operand so far, and no range: && and -- may follow
} set_class;

typedef struct class_stack {
  set_class *classes;
  size_t depth, room;
} class_stack;

static void class_push(class_stack *stack, regexp *r) {
  if (stack->depth == stack->room) {
    stack->room = stack->room ? stack->room * 2 : 8;
    stack->classes = lode_realloc(stack->classes, stack->room * sizeof *stack->classes);
  }
  stack->classes[stack->depth++] = (set_class){.negated = regexp_eat(r, '^'), .first = true};
}

static bool in_list(const char *list, int c) { return c > 0 && c < 0x80 && strchr(list, c); }

static bool read_set_escape(regexp *r, class_atom *atom) {
  int c = regexp_peek(r);
  if (in_list("&-!#%,:;<=>@`~", c)) {
    *atom = (class_atom){.is_character = true, .point = (uint32_t)c};
    r->at++;
    return true;
  }
  return read_escape(r, atom);
}

// ClassSetCharacter.
static bool read_set_character(regexp *r, class_atom *atom) {
  int c = regexp_peek(r);
  if (c == '\\') {
    r->at++;
    return read_set_escape(r, atom);
  }
  if (in_list("()[]{}/-|", c)) return regexp_fail(r, "Invalid character in character class");
  if (c == regexp_peek_next(r) && in_list("&!#$%*+,.:;<=>?@^`~", c)) {
    return regexp_fail(r, "Invalid set operation in character class");
  }
  *atom = (class_atom){.is_character = true, .point = regexp_read_point(r)};
  return true;
}

// \q{a|bc}; the cursor stands behind the q.
static bool read_string_disjunction(regexp *r, class_atom *atom) {
  if (!regexp_eat(r, '{')) return regexp_fail(r, "Invalid escape");
  *atom = (class_atom){0};
  for (size_t length = 0; r->at < r->end;) {
    class_atom character = {0};
    bool closes = *r->at == '}';
    if (closes || *r->at == '|') {
      if (length != 1) atom->strings = true;
      length = 0;
      r->at++;
      if (closes) return true;
      continue;
    }
    const char *start = r->at;
    if (!read_set_character(r, &character)) return false;
    if (!character.is_character) { // \d is no character
      r->at = start;
      return regexp_fail(r, "Invalid escape");
    }
    length++;
  }
  return regexp_fail(r, "Invalid character class");
}

// An operand that is no nested class.
static bool read_operand(regexp *r, class_atom *atom) {
  *atom = (class_atom){0};
  if (regexp_peek(r) == '\\' && regexp_peek_next(r) == 'q') {
    r->at += 2;
    return read_string_disjunction(r, atom);
  }
  return read_set_character(r, atom);
}

static void add_operand(set_class *class, bool strings) {
  switch (class->kind) {
  case CLASS_UNION:
    class->strings |= strings;
    break;
  case CLASS_INTERSECTION:
    class->strings &= strings;
    break;
  case CLASS_SUBTRACTION:
    break; // those of the first operand stay
  }
  class->single = class->first;
  class->first = class->operator_read = false;
}

// && or --: *found says whether there was one.
static bool read_operator(regexp *r, set_class *class, bool *found) {
  int c = regexp_peek(r);
  *found = (c == '&' || c == '-') && regexp_peek_next(r) == c;
  if (!*found) return true;
  enum class_kind kind = c == '&' ? CLASS_INTERSECTION : CLASS_SUBTRACTION;
  if (class->operator_read || (class->first && c == '-')) {
    return regexp_fail(r, "Invalid character in character class");
  }
  if (class->kind == CLASS_UNION ? !class->single : class->kind != kind) {
    return regexp_fail(r, "Invalid set operation in character class");
  }
  r->at += 2;
  if (kind == CLASS_INTERSECTION && regexp_peek(r) == '&') {
    return regexp_fail(r, "Invalid character in character class");
  }
  class->kind = (uint8_t)kind;
  class->operator_read = true;
  return true;
}

// Behind an operand: the rest of a range.
static bool check_set_range(regexp *r, set_class *class, class_atom from) {
  class_atom to;
  if (regexp_peek(r) != '-' || regexp_peek_next(r) == '-') return true;
  r->at++;
  if (class->kind != CLASS_UNION) return regexp_fail(r, "Invalid set operation in character class");
  if (regexp_peek(r) == '[' || !from.is_character) return regexp_fail(r, "Invalid character class");
  if (r->at == r->end) return regexp_fail(r, "Unterminated character class");
  if (!read_operand(r, &to)) return false;
  if (!to.is_character) return regexp_fail(r, "Invalid character class");
  if (from.point > to.point) return regexp_fail(r, "Range out of order in character class");
  class->single = false;
  if (regexp_peek(r) == '-' && regexp_peek_next(r) != '-') return regexp_fail(r, "Invalid character class");
  return true;
}

// `]`: the class becomes an operand of the one around it.
static bool close_class(regexp *r, class_stack *stack) {
  set_class class = stack->classes[--stack->depth];
  if (class.operator_read) return regexp_fail(r, "Invalid character in character class");
  if (class.negated && class.strings) {
    return regexp_fail(r, "Negated character class may contain strings");
  }
  r->at++;
  if (!stack->depth) return true;
  set_class *outer = &stack->classes[stack->depth - 1];
  add_operand(outer, class.strings);
  return check_set_range(r, outer, (class_atom){0});
}

static bool check_set_part(regexp *r, class_stack *stack) {
  set_class *class = &stack->classes[stack->depth - 1];
  bool found;
  class_atom atom;
  if (*r->at == ']') return close_class(r, stack);
  if (!read_operator(r, class, &found)) return false;
  if (found) return true;
  if (class->kind != CLASS_UNION && !class->operator_read) {
    return regexp_fail(r, "Invalid set operation in character class");
  }
  if (regexp_eat(r, '[')) {
    class_push(stack, r);
    return true;
  }
  if (!read_operand(r, &atom)) return false;
  add_operand(class, atom.strings);
  return check_set_range(r, class, atom);
}

static bool check_sets(regexp *r) {
  class_stack stack = {0};
  bool valid = true;
  class_push(&stack, r);
  while (valid && stack.depth && r->at < r->end) valid = check_set_part(r, &stack);
  if (valid && stack.depth) valid = regexp_fail(r, "Unterminated character class");
  free(stack.classes);
  return valid;
}

bool regexp_check_class(regexp *r) { return r->sets ? check_sets(r) : check_ranges(r); }
