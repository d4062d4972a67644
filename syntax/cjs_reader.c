// SPDX-License-Identifier: MIT
//
// The lexer of cjs_names.c.
#include "syntax/cjs_reader.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

static bool starts_with(const cjs_reader *r, const char *text) {
  size_t length = strlen(text);
  return (size_t)(r->end - r->at) >= length && !memcmp(r->at, text, length);
}

// The code point at `at`, and its size in *size; 0xfffd where the bytes are none.
static uint32_t point_at(const char *at, const char *end, int *size) {
  int32_t i = 0;
  UChar32 point;
  int32_t length = end - at < 4 ? (int32_t)(end - at) : 4;
  U8_NEXT((const uint8_t *)at, i, length, point);
  *size = i;
  return point < 0 ? 0xfffd : (uint32_t)point;
}

// White space and comments

static int space_size(const cjs_reader *r) {
  unsigned char c = (unsigned char)*r->at;
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (c < 0x80) return 0;
  int size;
  uint32_t point = point_at(r->at, r->end, &size);
  bool space = point == 0xfeff || point == 0x2028 || point == 0x2029 ||
               u_charType((UChar32)point) == U_SPACE_SEPARATOR;
  return space ? size : 0;
}

static bool skip_comment(cjs_reader *r) {
  if (starts_with(r, "//")) {
    while (r->at < r->end && *r->at != '\n' && *r->at != '\r' && !starts_with(r, "\xe2\x80\xa8") &&
           !starts_with(r, "\xe2\x80\xa9")) {
      r->at++;
    }
    return true;
  }
  if (!starts_with(r, "/*")) return false;
  const char *close = memmem(r->at + 2, (size_t)(r->end - r->at - 2), "*/", 2);
  r->at = close ? close + 2 : r->end;
  return true;
}

void cjs_skip(cjs_reader *r) {
  while (r->at < r->end) {
    int size = space_size(r);
    if (size)
      r->at += size;
    else if (*r->at != '/' || !skip_comment(r))
      return;
  }
}

int cjs_at(cjs_reader *r) {
  cjs_skip(r);
  return r->at < r->end ? (unsigned char)*r->at : -1;
}

bool cjs_eat(cjs_reader *r, char punctuator) {
  if (cjs_at(r) != punctuator) return false;
  r->at++;
  return true;
}

// Names

static bool is_ascii_part(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

// How many bytes of an identifier stand at `at`: one character's.
static int name_part_size(const char *at, const char *end, bool first) {
  unsigned char c = at < end ? (unsigned char)*at : 0;
  if (c < 0x80) return is_ascii_part(c) && !(first && c >= '0' && c <= '9');
  int size;
  UChar32 point = (UChar32)point_at(at, end, &size);
  bool part = u_hasBinaryProperty(point, first ? UCHAR_ID_START : UCHAR_ID_CONTINUE) ||
              (!first && (point == 0x200c || point == 0x200d));
  return part ? size : 0;
}

bool cjs_read_name(cjs_reader *r, syntax_name *out) {
  cjs_skip(r);
  const char *at = r->at;
  for (int size; (size = name_part_size(at, r->end, at == r->at));) at += size;
  if (at == r->at || (at < r->end && *at == '\\')) return false;
  *out = (syntax_name){r->at, (uint32_t)(at - r->at)};
  r->at = at;
  return true;
}

bool cjs_eat_name(cjs_reader *r, syntax_name name) {
  cjs_reader ahead = *r;
  syntax_name found;
  if (!cjs_read_name(&ahead, &found)) return false;
  if (found.length != name.length || memcmp(found.bytes, name.bytes, name.length)) return false;
  *r = ahead;
  return true;
}

bool cjs_eat_word(cjs_reader *r, const char *word) {
  return cjs_eat_name(r, (syntax_name){word, (uint32_t)strlen(word)});
}

bool cjs_behind_declaration(const cjs_reader *r, syntax_name *name) {
  const char *at = r->at, *end;
#define BACK_OVER_SPACE()                                                                                    \
  while (at > r->start && (at[-1] == ' ' || at[-1] == '\t')) at--
  BACK_OVER_SPACE();
  if (at == r->start || *--at != '=') return false;
  BACK_OVER_SPACE();
  end = at;
  while (at > r->start && (is_ascii_part((unsigned char)at[-1]) || (unsigned char)at[-1] >= 0x80)) at--;
  *name = (syntax_name){at, (uint32_t)(end - at)};
  if (at == end) return false;
  end = at;
  BACK_OVER_SPACE();
  if (at == end) return false;
#undef BACK_OVER_SPACE
  static const char *const words[] = {"var", "let", "const"};
  for (size_t i = 0; i < LODE_COUNT(words); i++) {
    size_t length = strlen(words[i]);
    if ((size_t)(at - r->start) < length || memcmp(at - length, words[i], length)) continue;
    const char *before = at - length;
    if (before == r->start || !(is_ascii_part((unsigned char)before[-1]) || before[-1] == '.')) return true;
  }
  return false;
}

// Strings

bool cjs_read_string(cjs_reader *r, syntax_name *out) {
  int quote = cjs_at(r);
  if (quote != '"' && quote != '\'') return false;
  const char *at = r->at + 1;
  for (; at < r->end && *at != quote; at++) {
    if (*at == '\n' || *at == '\r') return false;
    if (*at != '\\') continue;
    if (++at == r->end) return false;
    if (*at == '\r' && r->end - at > 1 && at[1] == '\n') at++;
  }
  if (at == r->end) return false;
  *out = (syntax_name){r->at + 1, (uint32_t)(at - r->at - 1)};
  r->at = at + 1;
  return true;
}

bool cjs_eat_string(cjs_reader *r, const char *content) {
  cjs_reader ahead = *r;
  syntax_name found;
  if (!cjs_read_string(&ahead, &found)) return false;
  if (found.length != strlen(content) || memcmp(found.bytes, content, found.length)) return false;
  *r = ahead;
  return true;
}

static int hex_value(unsigned char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(cjs_reader *r, int digits, uint32_t *value) {
  if (r->end - r->at < digits) return false;
  *value = 0;
  for (int i = 0; i < digits; i++) {
    int digit = hex_value((unsigned char)*r->at++);
    if (digit < 0) return false;
    *value = *value << 4 | (uint32_t)digit;
  }
  return true;
}

// Behind \u: one unit, or one point in braces.
static bool read_unicode_unit(cjs_reader *r, uint32_t *point) {
  if (r->at == r->end || *r->at != '{') return read_hex(r, 4, point);
  *point = 0;
  const char *first = ++r->at;
  for (int digit; r->at < r->end && (digit = hex_value((unsigned char)*r->at)) >= 0; r->at++) {
    *point = *point << 4 | (uint32_t)digit;
    if (*point > 0x10ffff) return false;
  }
  return r->at > first && r->at < r->end && *r->at++ == '}';
}

static bool read_unicode_escape(cjs_reader *r, uint32_t *point) {
  uint32_t trail;
  if (!read_unicode_unit(r, point)) return false;
  if ((*point & 0xfffffc00) == 0xd800 && starts_with(r, "\\u")) {
    r->at += 2;
    if (!read_unicode_unit(r, &trail) || (trail & 0xfffffc00) != 0xdc00) return false;
    *point = 0x10000 + ((*point & 0x3ff) << 10) + (trail & 0x3ff);
  }
  return true;
}

// Behind a backslash. *nothing: a line continuation.
static bool read_escape(cjs_reader *r, uint32_t *point, bool *nothing) {
  static const char controls[] = "b\bt\tn\nv\vf\fr\r";
  char c = *r->at;
  *nothing = false;
  if (c == 'x' || c == 'u') {
    r->at++;
    return c == 'x' ? read_hex(r, 2, point) : read_unicode_escape(r, point);
  }
  for (size_t i = 0; i + 1 < sizeof controls; i += 2) {
    if (controls[i] != c) continue;
    r->at++;
    *point = (uint32_t)controls[i + 1];
    return true;
  }
  if (starts_with(r, "\r\n")) r->at++;
  int size;
  *point = point_at(r->at, r->end, &size);
  *nothing = *point == '\n' || *point == '\r' || *point == 0x2028 || *point == 0x2029;
  r->at += size;
  return true;
}

bool cjs_decode_string(syntax_name written, char *out, uint32_t *out_length) {
  cjs_reader r = {written.bytes, written.bytes, written.bytes + written.length};
  int32_t length = 0;
  while (r.at < r.end) {
    if (*r.at != '\\') {
      if ((unsigned char)*r.at == 0xed && r.end - r.at > 1 && (unsigned char)r.at[1] >= 0xa0) return false;
      out[length++] = *r.at++;
      continue;
    }
    uint32_t point;
    bool nothing;
    if (++r.at == r.end || !read_escape(&r, &point, &nothing)) return false;
    if (nothing) continue;
    if ((point & 0xfffff800) == 0xd800) return false;
    U8_APPEND_UNSAFE((uint8_t *)out, length, point);
  }
  *out_length = (uint32_t)length;
  return true;
}
