// SPDX-License-Identifier: MIT
//
// Tokens: white space, punctuators, and the dispatch on a token's first byte. Names are in names.c, numbers,
// strings, templates and regular expressions in literals.c. The text ends with a NUL that lies outside of it,
// so that looking one byte ahead is always allowed.
#include "syntax/lexer_internal.h"

#include <stdarg.h>
#include <stdio.h>

void lexer_fail(lexer *l, uint32_t at, uint32_t end, const char *format, ...) {
  char sentence[512];
  va_list args;
  va_start(args, format);
  int length = vsnprintf(sentence, sizeof sentence, format, args);
  va_end(args);
  if (length >= (int)sizeof sentence) {
    length = sizeof sentence - 1;
    while (length > 0 && (sentence[length - 1] & 0xc0) == 0x80) length--; // no half characters
    if (length > 0 && (sentence[length - 1] & 0xc0) == 0xc0) length--;
  }
  char *copy = arena_alloc(l->memory, (size_t)length + 1);
  memcpy(copy, sentence, (size_t)length);
  copy[length] = 0;
  l->error = copy;
  l->error_at = at;
  l->error_end = end < at ? at : end;
  longjmp(*l->on_error, 1);
}

void lexer_unexpected(lexer *l) {
  token *t = &l->tok;
  int length = (int)(t->end - t->start);
  if (length > 100) length = 100;
  const char *text = l->text + t->start;
  switch (t->type) {
  case T_EOF:
    lexer_fail(l, t->start, t->end, "Unexpected end of input");
  case T_NUMBER:
  case T_BIGINT:
    lexer_fail(l, t->start, t->end, "Unexpected number");
  case T_STRING:
    lexer_fail(l, t->start, t->end, "Unexpected string");
  case T_TEMPLATE:
    lexer_fail(l, t->start, t->end, "Unexpected template string");
  case T_REGEXP:
    lexer_fail(l, t->start, t->end, "Unexpected regular expression");
  case T_PRIVATE:
  case T_NAME:
    if (t->flags & TOKEN_RESERVED)
      lexer_fail(l, t->start, t->end, "Keyword must not contain escaped characters");
    lexer_fail(l, t->start, t->end, "Unexpected identifier '%.*s'", length, text);
  case T_ENUM:
    lexer_fail(l, t->start, t->end, "Unexpected reserved word");
  default:
    lexer_fail(l, t->start, t->end, "Unexpected token '%.*s'", length, text);
  }
}

static void invalid_token(lexer *l, const char *at) {
  uint32_t offset = (uint32_t)(at - l->text);
  lexer_fail(l, offset, offset + 1, "Invalid or unexpected token");
}

// ---- White space ----

static void skip_line(lexer *l) {
  const char *p = l->at;
  for (;; p++) {
    unsigned char c = (unsigned char)*p;
    if (c == '\n' || c == '\r' || (c == 0 && p >= l->end)) break;
    if (c == 0xe2 && (unsigned char)p[1] == 0x80 && ((unsigned char)p[2] & 0xfe) == 0xa8) break;
  }
  l->at = p;
}

static void skip_block_comment(lexer *l) {
  const char *start = l->at - 2, *p = l->at;
  for (;; p++) {
    unsigned char c = (unsigned char)*p;
    if (c == '*' && p[1] == '/') break;
    if (c == '\n' || c == '\r') l->tok.flags |= TOKEN_NEWLINE;
    if (c == 0 && p >= l->end) invalid_token(l, start);
    if (c == 0xe2 && (unsigned char)p[1] == 0x80 && ((unsigned char)p[2] & 0xfe) == 0xa8)
      l->tok.flags |= TOKEN_NEWLINE;
  }
  l->at = p + 2;
}

// At a byte above 0x7f: skips it where it is white space or a line end.
static bool skip_unicode_space(lexer *l) {
  const char *next;
  int32_t c = lexer_decode(l->at, l->end, &next);
  if (c == 0x2028 || c == 0x2029)
    l->tok.flags |= TOKEN_NEWLINE;
  else if (c != 0xa0 && c != 0xfeff && c != 0x1680 && !(c >= 0x2000 && c <= 0x200a) && c != 0x202f &&
           c != 0x205f && c != 0x3000)
    return false;
  l->at = next;
  return true;
}

// Moves to the first byte of the next token and notes line ends on the way.
static void skip_space(lexer *l) {
  for (;;) {
    const char *p = l->at;
    while (*p == ' ') p++;
    l->at = p;
    switch (*p) {
    case '\n':
    case '\r':
      l->tok.flags |= TOKEN_NEWLINE; // fall through
    case '\t':
    case '\v':
    case '\f':
      l->at++;
      continue;
    case '/':
      if (p[1] == '/')
        l->at += 2, skip_line(l);
      else if (p[1] == '*')
        l->at += 2, skip_block_comment(l);
      else
        return;
      continue;
    case '<': // HTML-like comments (Annex B.1.1)
      if (strncmp(p, "<!--", 4)) return;
      if (l->module) {
        uint32_t at = (uint32_t)(p - l->text);
        lexer_fail(l, at, at + 4, "HTML comments are not allowed in modules");
      }
      skip_line(l);
      continue;
    case '-':
      if (l->module || !(l->tok.flags & TOKEN_NEWLINE) || strncmp(p, "-->", 3)) return;
      skip_line(l);
      continue;
    default:
      if ((signed char)*p >= 0 || !skip_unicode_space(l)) return;
    }
  }
}

// ---- Punctuators ----

static inline void take(lexer *l, token_type type, int length) {
  l->tok.type = (uint8_t)type;
  l->at += length;
}

// op, op=; the doubled forms come before.
static inline void take_operator(lexer *l, token_type type, int length) {
  if (l->at[length] == '=')
    take(l, T_ASSIGN_OP, length + 1);
  else
    take(l, type, length);
}

static void punctuator(lexer *l, char c) {
  const char *p = l->at;
  switch (c) {
  case '{':
    take(l, T_LBRACE, 1);
    return;
  case '}':
    take(l, T_RBRACE, 1);
    return;
  case '(':
    take(l, T_LPAREN, 1);
    return;
  case ')':
    take(l, T_RPAREN, 1);
    return;
  case '[':
    take(l, T_LBRACKET, 1);
    return;
  case ']':
    take(l, T_RBRACKET, 1);
    return;
  case ';':
    take(l, T_SEMICOLON, 1);
    return;
  case ',':
    take(l, T_COMMA, 1);
    return;
  case ':':
    take(l, T_COLON, 1);
    return;
  case '~':
    take(l, T_TILDE, 1);
    return;
  case '.':
    if (p[1] == '.' && p[2] == '.')
      take(l, T_ELLIPSIS, 3);
    else
      take(l, T_DOT, 1);
    return;
  case '?':
    if (p[1] == '?')
      take(l, p[2] == '=' ? T_ASSIGN_LOGICAL : T_COALESCE, p[2] == '=' ? 3 : 2);
    else if (p[1] == '.' && !(p[2] >= '0' && p[2] <= '9'))
      take(l, T_OPTIONAL, 2);
    else
      take(l, T_QUESTION, 1);
    return;
  case '=':
    if (p[1] == '=')
      take(l, T_EQUALITY, p[2] == '=' ? 3 : 2);
    else
      take(l, p[1] == '>' ? T_ARROW : T_ASSIGN, p[1] == '>' ? 2 : 1);
    return;
  case '!':
    if (p[1] == '=')
      take(l, T_EQUALITY, p[2] == '=' ? 3 : 2);
    else
      take(l, T_NOT, 1);
    return;
  case '+':
    if (p[1] == '+')
      take(l, T_INCREMENT, 2);
    else
      take_operator(l, T_PLUS, 1);
    return;
  case '-':
    if (p[1] == '-')
      take(l, T_DECREMENT, 2);
    else
      take_operator(l, T_MINUS, 1);
    return;
  case '*':
    if (p[1] == '*')
      take_operator(l, T_POWER, 2);
    else
      take_operator(l, T_STAR, 1);
    return;
  case '/':
    take_operator(l, T_SLASH, 1);
    return;
  case '%':
    take_operator(l, T_PERCENT, 1);
    return;
  case '^':
    take_operator(l, T_BIT_XOR, 1);
    return;
  case '&':
    if (p[1] == '&')
      take(l, p[2] == '=' ? T_ASSIGN_LOGICAL : T_AND, p[2] == '=' ? 3 : 2);
    else
      take_operator(l, T_BIT_AND, 1);
    return;
  case '|':
    if (p[1] == '|')
      take(l, p[2] == '=' ? T_ASSIGN_LOGICAL : T_OR, p[2] == '=' ? 3 : 2);
    else
      take_operator(l, T_BIT_OR, 1);
    return;
  case '<':
    if (p[1] == '<')
      take_operator(l, T_SHIFT, 2);
    else
      take(l, T_LESS, p[1] == '=' ? 2 : 1);
    return;
  case '>':
    if (p[1] == '>')
      take_operator(l, T_SHIFT, p[2] == '>' ? 3 : 2);
    else
      take(l, T_LESS, p[1] == '=' ? 2 : 1);
    return;
  default:
    invalid_token(l, p);
  }
}

void lexer_next(lexer *l) {
  l->prev_start = l->tok.start;
  l->prev_end = l->tok.end;
  l->tok.flags = LODE_UNLIKELY(l->at == l->text) ? TOKEN_NEWLINE : 0; // --> may open a text, too
  skip_space(l);
  const char *start = l->at;
  l->tok.start = (uint32_t)(start - l->text);
  unsigned char c = (unsigned char)*start;
  if (LODE_LIKELY(lexer_class[c] & CLASS_ID_START))
    lexer_name(l);
  else if (c >= '0' && c <= '9')
    lexer_number(l);
  else
    switch (c) {
    case '"':
    case '\'':
      lexer_string(l, (char)c);
      break;
    case '`':
      l->at++;
      lexer_template_chunk(l);
      break;
    case '.':
      if (start[1] >= '0' && start[1] <= '9')
        lexer_number(l);
      else
        punctuator(l, '.');
      break;
    case '#':
      lexer_private_name(l);
      break;
    case '\\':
      lexer_name(l);
      break;
    case 0:
      if (start >= l->end) {
        l->tok.type = T_EOF;
        break;
      } // fall through
    default:
      if (c >= 0x80)
        lexer_name(l);
      else
        punctuator(l, (char)c);
    }
  l->tok.end = (uint32_t)(l->at - l->text);
}

void lexer_template(lexer *l) {
  l->at = l->text + l->tok.start + 1;
  l->tok.flags = 0;
  lexer_template_chunk(l);
  l->tok.end = (uint32_t)(l->at - l->text);
}

void lexer_init(lexer *l, const char *text, size_t length, arena *memory, jmp_buf *on_error) {
  memset(l, 0, sizeof *l);
  l->text = l->at = text;
  l->end = text + length;
  l->memory = memory;
  l->on_error = on_error;
  lexer_names_init(l);
}
