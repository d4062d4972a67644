// SPDX-License-Identifier: MIT
//
// Regular-expression literals: reading characters and escapes, and the count of groups.
#include "syntax/regexp_parts.h"

static uint32_t continuation(const regexp *r, int index) {
  if (r->end - r->at <= index) return UINT32_MAX;
  unsigned char byte = (unsigned char)r->at[index];
  return (byte & 0xc0) == 0x80 ? byte & 0x3f : UINT32_MAX;
}

uint32_t regexp_read_point(regexp *r) {
  unsigned char first = (unsigned char)*r->at;
  int more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0;
  uint32_t point = more ? first & (0x3fu >> more) : first < 0x80 ? first : 0xfffd;
  for (int i = 1; i <= more; i++) {
    uint32_t bits = continuation(r, i);
    if (bits == UINT32_MAX) {
      r->at++;
      return 0xfffd;
    }
    point = point << 6 | bits;
  }
  r->at += more + 1;
  return point;
}

uint32_t regexp_read_character(regexp *r) {
  if (r->trail) {
    uint32_t trail = r->trail;
    r->trail = 0;
    return trail;
  }
  uint32_t point = regexp_read_point(r);
  if (r->unicode || point < 0x10000) return point;
  r->trail = 0xdc00 + (point & 0x3ff);
  return 0xd7c0 + (point >> 10);
}

void regexp_count_groups(regexp *r) {
  if (r->counted) return;
  r->counted = true;
  bool in_class = false;
  for (const char *at = r->start; at < r->end; at++) {
    size_t left = (size_t)(r->end - at);
    switch (*at) {
    case '\\':
      at++;
      break;
    case '[':
      in_class = true;
      break;
    case ']':
      in_class = false;
      break;
    case '(':
      if (in_class) break;
      if (left < 2 || at[1] != '?') {
        r->captures++;
      } else if (left > 3 && at[2] == '<' && at[3] != '=' && at[3] != '!') {
        r->captures++;
        r->has_names = true;
      }
    }
  }
}

static int hex_value(int c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(regexp *r, int digits, uint32_t *point) {
  if (r->end - r->at < digits) return false;
  uint32_t value = 0;
  for (int i = 0; i < digits; i++) {
    int digit = hex_value((unsigned char)r->at[i]);
    if (digit < 0) return false;
    value = value << 4 | (uint32_t)digit;
  }
  r->at += digits;
  *point = value;
  return true;
}

// {X} with a value up to 0x10ffff.
static bool read_braced_hex(regexp *r, uint32_t *point) {
  const char *start = r->at++;
  uint32_t value = 0;
  bool any = false;
  for (int digit; (digit = hex_value(regexp_peek(r))) >= 0; r->at++, any = true) {
    value = value << 4 | (uint32_t)digit;
    if (value > 0x10ffff) break;
  }
  *point = value;
  if (any && regexp_eat(r, '}')) return true;
  r->at = start;
  return false;
}

bool regexp_read_unicode_escape(regexp *r, bool unicode, uint32_t *point) {
  if (unicode && regexp_peek(r) == '{') return read_braced_hex(r, point);
  if (!read_hex(r, 4, point)) return false;
  if (unicode && (*point & 0xfc00) == 0xd800 && regexp_peek(r) == '\\' && regexp_peek_next(r) == 'u') {
    const char *start = r->at;
    uint32_t trail;
    r->at += 2;
    if (read_hex(r, 4, &trail) && (trail & 0xfc00) == 0xdc00) {
      *point = 0x10000 + ((*point & 0x3ff) << 10) + (trail & 0x3ff);
    } else {
      r->at = start;
    }
  }
  return true;
}

static bool is_letter(int c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static bool is_digit(int c) { return c >= '0' && c <= '9'; }

// Behind \c.
static bool read_control(regexp *r, bool in_class, uint32_t *point) {
  int c = regexp_peek(r);
  if (is_letter(c) || (in_class && !r->unicode && (is_digit(c) || c == '_'))) {
    *point = (uint32_t)c & 0x1f;
    r->at++;
    return true;
  }
  if (r->unicode) return regexp_fail(r, "Invalid Unicode escape");
  *point = '\\'; // a backslash, and c is read again
  r->at--;
  return true;
}

// Digits: \0, and what Annex B makes of the rest.
static bool read_octal(regexp *r, uint32_t *point) {
  if (r->unicode) {
    if (*r->at != '0' || is_digit(regexp_peek_next(r))) return regexp_fail(r, "Invalid decimal escape");
    r->at++;
    *point = 0;
    return true;
  }
  int most = *r->at <= '3' ? 3 : 2;
  *point = 0;
  for (int i = 0; i < most && regexp_peek(r) >= '0' && regexp_peek(r) <= '7'; i++) {
    *point = *point << 3 | (uint32_t)(*r->at++ - '0');
  }
  return true;
}

static bool read_identity(regexp *r, bool in_class, uint32_t *point) {
  int c = regexp_peek(r);
  if (r->unicode) {
    if (c <= 0 || c >= 0x80 || !(strchr("^$\\.*+?()[]{}|/", c) || (in_class && c == '-'))) {
      return regexp_fail(r, "Invalid escape");
    }
  } else if (c == 'k') {
    regexp_count_groups(r);
    if (r->has_names) return regexp_fail(r, "Invalid escape");
  }
  *point = regexp_read_character(r);
  if (!in_class) r->trail = 0;
  return true;
}

bool regexp_read_character_escape(regexp *r, bool in_class, uint32_t *point) {
  static const char controls[] = "t\tn\nv\vf\fr\r";
  int c = regexp_peek(r);
  switch (c) {
  case -1:
    return regexp_fail(r, "\\ at end of pattern");
  case 't':
  case 'n':
  case 'v':
  case 'f':
  case 'r':
    *point = (uint32_t)strchr(controls, c)[1];
    r->at++;
    return true;
  case 'c':
    r->at++;
    return read_control(r, in_class, point);
  case '0' ... '7':
    return read_octal(r, point);
  case '8':
  case '9':
    return read_identity(r, in_class, point);
  case 'x':
    r->at++;
    if (read_hex(r, 2, point)) return true;
    *point = 'x';
    return !r->unicode || regexp_fail(r, "Invalid escape");
  case 'u':
    r->at++;
    if (regexp_read_unicode_escape(r, r->unicode, point)) return true;
    *point = 'u';
    return !r->unicode || regexp_fail(r, "Invalid Unicode escape");
  default:
    return read_identity(r, in_class, point);
  }
}
