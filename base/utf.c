// SPDX-License-Identifier: MIT
//
// The WHATWG UTF-8 decoder (Encoding, section 8.1.1), over a whole buffer at once.
#include "base/utf.h"

// The bounds of the second byte that a lead byte allows, and how many continuation bytes follow it.
struct lead {
  uint8_t following, low, high;
};

static struct lead lead_of(uint8_t byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return (struct lead){1, 0x80, 0xbf};
  if (byte == 0xe0) return (struct lead){2, 0xa0, 0xbf};
  if (byte == 0xed) return (struct lead){2, 0x80, 0x9f};
  if (byte >= 0xe1 && byte <= 0xef) return (struct lead){2, 0x80, 0xbf};
  if (byte == 0xf0) return (struct lead){3, 0x90, 0xbf};
  if (byte >= 0xf1 && byte <= 0xf3) return (struct lead){3, 0x80, 0xbf};
  if (byte == 0xf4) return (struct lead){3, 0x80, 0x8f};
  return (struct lead){0, 0, 0};
}

static uint16_t *put(uint16_t *out, uint32_t point) {
  if (point < 0x10000) {
    *out++ = (uint16_t)point;
    return out;
  }
  *out++ = (uint16_t)(0xd7c0 + (point >> 10));
  *out++ = (uint16_t)(0xdc00 + (point & 0x3ff));
  return out;
}

// Decodes one multi-byte sequence at *i, which stands on a byte >= 0x80, and moves *i past what it used.
static uint32_t sequence(const uint8_t *bytes, size_t length, size_t *i) {
  uint8_t first = bytes[(*i)++];
  struct lead lead = lead_of(first);
  if (!lead.following) return 0xfffd;
  uint32_t point = first & (0x3f >> lead.following);
  uint8_t low = lead.low, high = lead.high;
  for (int k = 0; k < lead.following; k++) {
    if (*i >= length || bytes[*i] < low || bytes[*i] > high) return 0xfffd;
    point = point << 6 | (bytes[(*i)++] & 0x3f);
    low = 0x80, high = 0xbf;
  }
  return point;
}

size_t utf8_to_utf16(const char *text, size_t length, uint16_t *units) {
  const uint8_t *bytes = (const uint8_t *)text;
  uint16_t *out = units;
  for (size_t i = 0; i < length;) {
    if (bytes[i] < 0x80)
      *out++ = bytes[i++];
    else
      out = put(out, sequence(bytes, length, &i));
  }
  return (size_t)(out - units);
}
