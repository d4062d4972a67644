// SPDX-License-Identifier: MIT
//
// A growing text.
#ifndef LODE_SYNTAX_TEXT_H
#define LODE_SYNTAX_TEXT_H

#include "base/base.h"

#include <stdlib.h>

typedef struct text {
  char *bytes;
  size_t length, capacity;
} text;

static inline char *text_room(text *t, size_t more) {
  if (LODE_UNLIKELY(t->length + more + 1 > t->capacity)) {
    t->capacity = (t->length + more + 1) * 3 / 2 + 64;
    t->bytes = lode_realloc(t->bytes, t->capacity);
  }
  return t->bytes + t->length;
}

static inline void text_add(text *t, const char *bytes, size_t length) {
  if (length) memcpy(text_room(t, length), bytes, length);
  t->length += length;
}

#define text_literal(t, s) text_add(t, s, sizeof s - 1)

static inline void text_byte(text *t, char c) {
  *text_room(t, 1) = c;
  t->length++;
}

static inline void text_number(text *t, uint32_t n) {
  char digits[12];
  int i = 12;
  do digits[--i] = (char)('0' + n % 10);
  while (n /= 10);
  text_add(t, digits + i, (size_t)(12 - i));
}

#endif
