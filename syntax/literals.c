// SPDX-License-Identifier: MIT
//
// Numbers, strings, templates and regular expressions.
#include "syntax/lexer_internal.h"
#include "syntax/regexp.h"

static LODE_NORETURN void fail_here(lexer *l, const char *at, const char *sentence) {
  uint32_t offset = (uint32_t)(at - l->text);
  lexer_fail(l, offset, offset + 1, "%s", sentence);
}

// ---- Numbers ----

static bool is_digit(char c, int base) {
  if (base == 16) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
  return c >= '0' && c < '0' + base;
}

// Digits with separators between them; at least one. `separators` tells whether they are allowed.
static const char *digits(lexer *l, const char *p, int base, bool separators) {
  if (!is_digit(*p, base)) fail_here(l, l->at, "Invalid or unexpected token");
  for (;;) {
    while (is_digit(*p, base)) p++;
    if (*p != '_') return p;
    if (!separators) fail_here(l, p, "Numeric separator can not be used after leading 0.");
    if (p[1] == '_') fail_here(l, p + 1, "Only one underscore is allowed as numeric separator");
    if (!is_digit(p[1], base))
      fail_here(l, p, "Numeric separators are not allowed at the end of numeric literals");
    p++;
  }
}

static const char *exponent(lexer *l, const char *p) {
  if ((*p | 32) != 'e') return p;
  p++;
  if (*p == '+' || *p == '-') p++;
  return digits(l, p, 10, true);
}

// 0 followed by digits: octal in the old style, or a decimal with a useless zero.
static const char *legacy_number(lexer *l, const char *p) {
  l->tok.flags |= TOKEN_OCTAL;
  const char *q = p;
  while (is_digit(*q, 10)) q++;
  bool octal = true;
  for (const char *c = p; c < q; c++) octal &= *c < '8';
  if (*q == '_') fail_here(l, q, "Numeric separator can not be used after leading 0.");
  if (octal) return q;
  if (*q == '.') {
    q++;
    if (is_digit(*q, 10)) q = digits(l, q, 10, true);
  }
  return exponent(l, q);
}

static const char *decimal(lexer *l, const char *p) {
  if (*p != '.') {
    p = digits(l, p, 10, *p != '0');
    if (*p == 'n') {
      l->tok.type = T_BIGINT;
      return p + 1;
    }
  }
  if (*p == '.') {
    p++;
    if (is_digit(*p, 10))
      p = digits(l, p, 10, true);
    else if (*p == '_')
      fail_here(l, p, "Numeric separator can not be used here");
  }
  return exponent(l, p);
}

void lexer_number(lexer *l) {
  const char *p = l->at;
  l->tok.type = T_NUMBER;
  char kind = p[0] == '0' ? (char)(p[1] | 32) : 0;
  int base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
  if (base) {
    p = digits(l, p + 2, base, true);
    if (*p == 'n') {
      l->tok.type = T_BIGINT;
      p++;
    }
  } else if (p[0] == '0' && is_digit(p[1], 10)) {
    p = legacy_number(l, p);
  } else {
    p = decimal(l, p);
  }
  const char *next;
  if (is_digit(*p, 10) || *p == '\\' || lexer_is_id_start(lexer_decode(p, l->end, &next)))
    fail_here(l, l->at, "Invalid or unexpected token");
  l->at = p;
}

// ---- Escapes of strings and templates ----

// At the byte behind a backslash. Returns behind the escape; *value is its code point, -1 for a line
// continuation, -2 where it is malformed, -3 where it is an old octal escape (whose value is then in *octal).
static const char *escape(const char *p, const char *end, int32_t *value, int32_t *octal) {
  const char *next;
  char c = *p;
  switch (c) {
  case 'n':
    *value = '\n';
    return p + 1;
  case 't':
    *value = '\t';
    return p + 1;
  case 'r':
    *value = '\r';
    return p + 1;
  case 'b':
    *value = '\b';
    return p + 1;
  case 'f':
    *value = '\f';
    return p + 1;
  case 'v':
    *value = '\v';
    return p + 1;
  case '\r':
    *value = -1;
    return p[1] == '\n' ? p + 2 : p + 1;
  case '\n':
    *value = -1;
    return p + 1;
  case 'x':
    if (!is_digit(p[1], 16) || !is_digit(p[2], 16)) {
      *value = -2;
      return p + 1;
    }
    *value = 0;
    for (int i = 1; i <= 2; i++) *value = *value * 16 + (p[i] <= '9' ? p[i] - '0' : (p[i] | 32) - 'a' + 10);
    return p + 3;
  case 'u':
    *value = lexer_unicode_escape(p + 1, end, &next);
    if (*value >= 0) return next;
    *value = -2;
    return p + 1;
  case '0':
  case '1':
  case '2':
  case '3':
  case '4':
  case '5':
  case '6':
  case '7': {
    if (c == '0' && !is_digit(p[1], 10)) {
      *value = 0;
      return p + 1;
    }
    int32_t number = c - '0', most = c <= '3' ? 2 : 1;
    p++;
    for (; most > 0 && is_digit(*p, 8); most--) number = number * 8 + (*p++ - '0');
    *value = -3;
    *octal = number;
    return p;
  }
  case '8':
  case '9':
    *value = -3;
    *octal = c;
    return p + 1;
  default: {
    int32_t code = lexer_decode(p, end, &next);
    *value = code == 0x2028 || code == 0x2029 ? -1 : code < 0 ? 0xfffd : code;
    return next;
  }
  }
}

// What is wrong with the escape, \x or \u, at p.
static const char *malformed_escape(const char *p, const char *end) {
  if (p[1] == 'x') return "Invalid hexadecimal escape sequence";
  if (p[2] != '{' || !is_digit(p[3], 16)) return "Invalid Unicode escape sequence";
  uint32_t value = 0;
  for (p += 3; p < end && is_digit(*p, 16); p++) {
    value = value * 16 + (uint32_t)(*p <= '9' ? *p - '0' : (*p | 32) - 'a' + 10);
    if (value > 0x10ffff) return "Undefined Unicode code-point";
  }
  return "Invalid Unicode escape sequence";
}

void lexer_string(lexer *l, char quote) {
  const char *start = l->at, *p = start + 1;
  int32_t value, octal;
  l->tok.type = T_STRING;
  for (;;) {
    while (!(lexer_class[(unsigned char)*p] & CLASS_STRING_STOP)) p++;
    char c = *p;
    if (c == quote) break;
    if (c == '\\') {
      l->tok.flags |= TOKEN_ESCAPED;
      if (p + 1 >= l->end) fail_here(l, start, "Invalid or unexpected token");
      const char *next = escape(p + 1, l->end, &value, &octal);
      if (value == -2) fail_here(l, p, malformed_escape(p, l->end));
      if (value == -3) l->tok.flags |= TOKEN_OCTAL;
      p = next;
    } else if (c == '\n' || c == '\r' || (c == 0 && p >= l->end)) {
      fail_here(l, start, "Invalid or unexpected token");
    } else {
      p++;
    }
  }
  l->at = p + 1;
}

syntax_name lexer_string_value(lexer *l, const token *tok, bool *lone) {
  const char *p = l->text + tok->start + 1, *end = l->text + tok->end - 1;
  if (lone) *lone = false;
  if (!(tok->flags & TOKEN_ESCAPED) && !lone) return (syntax_name){p, (uint32_t)(end - p)};
  char *out = arena_alloc(l->memory, (size_t)(end - p) + 8), *at = out;
  int32_t high = -1; // a first half of a pair, just written
  while (p < end) {
    int32_t value, octal = 0;
    if (*p == '\\') {
      p = escape(p + 1, l->end, &value, &octal);
      if (value == -3) value = octal;
      if (value == -1) continue;
    } else {
      value = lexer_decode(p, end, &p);
      if (value < 0) value = 0xfffd;
    }
    if (value >= 0xdc00 && value <= 0xdfff && high >= 0) {
      at -= 3;
      value = 0x10000 + ((high - 0xd800) << 10) + (value - 0xdc00);
      high = -1;
    } else {
      if (high >= 0 && lone) *lone = true;
      high = value >= 0xd800 && value <= 0xdbff ? value : -1;
      if (value >= 0xdc00 && value <= 0xdfff && lone) *lone = true;
    }
    at = lexer_encode(value, at);
  }
  if (high >= 0 && lone) *lone = true;
  return (syntax_name){out, (uint32_t)(at - out)};
}

// ---- Templates ----

void lexer_template_chunk(lexer *l) {
  const char *p = l->at;
  l->tok.type = T_TEMPLATE;
  for (;; p++) {
    char c = *p;
    if (c == '`') {
      l->tok.flags |= TOKEN_TAIL;
      l->at = p + 1;
      return;
    }
    if (c == '$' && p[1] == '{') {
      l->at = p + 2;
      return;
    }
    if (c == '\\') {
      int32_t value, octal;
      if (p + 1 >= l->end) break;
      const char *next = escape(p + 1, l->end, &value, &octal);
      if (value < -1) l->tok.flags |= TOKEN_BAD_ESCAPE;
      p = next - 1;
    } else if (c == 0 && p >= l->end) {
      break;
    }
  }
  fail_here(l, l->end, "Unexpected end of input");
}

void lexer_refuse_template(lexer *l) {
  for (const char *p = l->text + l->tok.start + 1; p < l->at; p++) {
    int32_t value, octal;
    if (*p != '\\') continue;
    const char *next = escape(p + 1, l->end, &value, &octal);
    if (value == -2) fail_here(l, p, malformed_escape(p, l->end));
    if (value == -3)
      fail_here(l, p,
                p[1] >= '8' ? "\\8 and \\9 are not allowed in template strings."
                            : "Octal escape sequences are not allowed in template strings.");
    p = next - 1;
  }
  fail_here(l, l->text + l->tok.start, "Invalid or unexpected token");
}

// ---- Regular expressions ----

void lexer_regexp(lexer *l) {
  const char *start = l->text + l->tok.start + 1, *p = start;
  bool in_class = false;
  for (;; p++) {
    unsigned char c = (unsigned char)*p;
    if (c == '\\' && p + 1 < l->end)
      c = (unsigned char)*++p;
    else if (c == '[')
      in_class = true;
    else if (c == ']')
      in_class = false;
    else if (c == '/' && !in_class)
      break;
    if (c == '\n' || c == '\r' || (c == 0 && p >= l->end) || p >= l->end ||
        (c == 0xe2 && (unsigned char)p[1] == 0x80 && ((unsigned char)p[2] & 0xfe) == 0xa8))
      fail_here(l, start - 1, "Invalid regular expression: missing /");
  }
  const char *body_end = p++, *flags = p;
  while (lexer_class[(unsigned char)*p] & CLASS_ID_PART) p++;
  const char *next;
  if (*p == '\\' || ((signed char)*p < 0 && lexer_is_id_part(lexer_decode(p, l->end, &next))))
    fail_here(l, start - 1, "Invalid regular expression flags");
  l->tok.type = T_REGEXP;
  l->at = p;
  l->tok.end = (uint32_t)(p - l->text);
  const char *wrong = syntax_regexp_error(start, (size_t)(body_end - start), flags, (size_t)(p - flags));
  if (!wrong) return;
  if (!strcmp(wrong, "Invalid flags"))
    lexer_fail(l, l->tok.start, l->tok.end, "Invalid regular expression flags");
  lexer_fail(l, l->tok.start, l->tok.end, "Invalid regular expression: %.*s: %s",
             (int)(l->tok.end - l->tok.start < 200 ? l->tok.end - l->tok.start : 200), l->text + l->tok.start,
             wrong);
}
