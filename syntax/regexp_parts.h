// SPDX-License-Identifier: MIT
//
// What the files of the regular-expression checker share: the reader, and the parts that patterns and classes
// have in common. Private to syntax/regexp*.c.
#ifndef LODE_SYNTAX_REGEXP_PARTS_H
#define LODE_SYNTAX_REGEXP_PARTS_H

#include "base/base.h"

typedef struct regexp {
  const char *start, *at, *end;
  const char *error;
  uint32_t trail; // without u or v, text is UTF-16 units: the second half of a pair whose first was just read
  bool unicode, sets; // u or v; v
  bool counted;       // the next two are known
  bool has_names;
  uint32_t captures;
} regexp;

// Records the first error. Always false, so that a check reads `return regexp_fail(...)`.
bool regexp_fail(regexp *r, const char *error);

// The byte under the cursor or behind it; -1 past the end.
static inline int regexp_peek(const regexp *r) { return r->at < r->end ? (unsigned char)*r->at : -1; }
static inline int regexp_peek_next(const regexp *r) {
  return r->end - r->at > 1 ? (unsigned char)r->at[1] : -1;
}
static inline bool regexp_eat(regexp *r, char byte) {
  if (regexp_peek(r) != (unsigned char)byte) return false;
  r->at++;
  return true;
}

// Reads one code point (r->at < r->end). Bytes that are not UTF-8 count one each.
uint32_t regexp_read_point(regexp *r);

// Reads what one pattern character is: a code point with u or v, else a UTF-16 unit.
uint32_t regexp_read_character(regexp *r);

// Counts the groups of the whole pattern and looks for names, once: what \1 and \k mean may depend on what
// follows.
void regexp_count_groups(regexp *r);

// \uXXXX, \u{X} and pairs of \uXXXX where `unicode`; the cursor stands behind the u. False, with the cursor
// where it was, where they do not fit.
bool regexp_read_unicode_escape(regexp *r, bool unicode, uint32_t *point);

// The rest of a CharacterEscape; the cursor stands behind the backslash.
bool regexp_read_character_escape(regexp *r, bool in_class, uint32_t *point);

// [ ... ]; the cursor stands behind the opening bracket.
bool regexp_check_class(regexp *r);

// \p{...} or \P{...}; the cursor stands behind the letter. *strings: the property is one of strings.
bool regexp_check_property(regexp *r, bool negated, bool *strings);

#endif
