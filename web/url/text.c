// SPDX-License-Identifier: MIT
//
// Growing text and percent-encoding for the URL parser. Idea: each ASCII character carries a byte of flags
// that says which encode sets hold it. Any thread.
#include "web/url/url.h"

#include <stdlib.h>

void url_text_init(url_text *text) {
  text->data = text->inline_;
  text->length = 0;
  text->room = sizeof text->inline_;
}

void url_text_free(url_text *text) {
  if (text->data != text->inline_) free(text->data);
}

static void reserve(url_text *text, size_t more) {
  if (more <= text->room - text->length) return;
  size_t room = text->room * 2;
  while (room - text->length < more) room *= 2;
  if (text->data == text->inline_) {
    text->data = lode_alloc(room);
    memcpy(text->data, text->inline_, text->length);
  } else {
    text->data = lode_realloc(text->data, room);
  }
  text->room = room;
}

void url_text_put(url_text *text, char c) {
  if (LODE_UNLIKELY(text->length == text->room)) reserve(text, 1);
  text->data[text->length++] = c;
}

void url_text_add(url_text *text, const char *bytes, size_t length) {
  reserve(text, length);
  memcpy(text->data + text->length, bytes, length);
  text->length += length;
}

void url_text_copy(url_text *text, const url_text *from) {
  text->length = 0;
  url_text_add(text, from->data, from->length);
}

// The sets nest: each constant below is a character's smallest set and all that contain it.
#define USER URL_SET_USERINFO
#define PATH (URL_SET_PATH | USER)
#define QUERY (URL_SET_QUERY | URL_SET_SPECIAL_QUERY | PATH)
#define ALL (URL_SET_C0 | URL_SET_FRAGMENT | QUERY)

static const uint8_t sets[128] = {
    [0 ... 0x1f] = ALL,
    [0x7f] = ALL,
    [' '] = URL_SET_FRAGMENT | QUERY,
    ['"'] = URL_SET_FRAGMENT | QUERY,
    ['<'] = URL_SET_FRAGMENT | QUERY,
    ['>'] = URL_SET_FRAGMENT | QUERY,
    ['`'] = URL_SET_FRAGMENT | PATH,
    ['#'] = QUERY,
    ['\''] = URL_SET_SPECIAL_QUERY,
    ['?'] = PATH,
    ['^'] = PATH,
    ['{'] = PATH,
    ['}'] = PATH,
    ['/'] = USER,
    [':'] = USER,
    [';'] = USER,
    ['='] = USER,
    ['@'] = USER,
    ['['] = USER,
    ['\\'] = USER,
    [']'] = USER,
    ['|'] = USER,
};

static void put_encoded(url_text *out, uint8_t byte) {
  static const char digits[] = "0123456789ABCDEF";
  char escape[3] = {'%', digits[byte >> 4], digits[byte & 15]};
  url_text_add(out, escape, 3);
}

static void put_encoded_point(url_text *out, uint32_t point) {
  if (point < 0x800) {
    put_encoded(out, (uint8_t)(0xc0 | point >> 6));
  } else {
    if (point < 0x10000) {
      put_encoded(out, (uint8_t)(0xe0 | point >> 12));
    } else {
      put_encoded(out, (uint8_t)(0xf0 | point >> 18));
      put_encoded(out, (uint8_t)(0x80 | (point >> 12 & 0x3f)));
    }
    put_encoded(out, (uint8_t)(0x80 | (point >> 6 & 0x3f)));
  }
  put_encoded(out, (uint8_t)(0x80 | (point & 0x3f)));
}

// Copies the run of characters that need no encoding; returns its length. Room for it is reserved.
static size_t copy_plain(url_text *out, const uint16_t *units, size_t count, enum url_set set) {
  char *to = out->data + out->length;
  size_t i = 0;
  for (; i < count && units[i] < 0x80 && !(sets[units[i]] & set); i++) to[i] = (char)units[i];
  out->length += i;
  return i;
}

void url_encode(url_text *out, url_span text, enum url_set set) {
  for (size_t i = 0; i < text.length; i++) {
    reserve(out, text.length - i);
    i += copy_plain(out, text.at + i, text.length - i, set);
    if (i == text.length) return;
    uint32_t c = text.at[i];
    if (c < 0x80) {
      put_encoded(out, (uint8_t)c);
      continue;
    }
    if ((c & 0xf800) == 0xd800) {
      bool paired = c < 0xdc00 && i + 1 < text.length && (text.at[i + 1] & 0xfc00) == 0xdc00;
      c = paired ? 0x10000 + ((c & 0x3ff) << 10) + (text.at[++i] & 0x3ff) : 0xfffd;
    }
    put_encoded_point(out, c);
  }
}
