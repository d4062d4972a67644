// SPDX-License-Identifier: MIT
//
// The WHATWG UTF-8 decoder (Encoding, section 8.1.1), over a whole buffer at once, and the way back.
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

static bool ascii16(const uint8_t *bytes) {
  uint64_t words[2];
  memcpy(words, bytes, sizeof words);
  return !((words[0] | words[1]) & 0x8080808080808080ull);
}

size_t utf8_to_utf16(const char *text, size_t length, uint16_t *units) {
  const uint8_t *bytes = (const uint8_t *)text;
  uint16_t *out = units;
  for (size_t i = 0; i < length;) {
    // Sixteen at once where all are ASCII: most of most texts.
    while (i + 16 <= length && ascii16(bytes + i)) {
      for (int k = 0; k < 16; k++) out[k] = bytes[i + (size_t)k];
      out += 16;
      i += 16;
    }
    if (i == length) break;
    if (bytes[i] < 0x80)
      *out++ = bytes[i++];
    else
      out = put(out, sequence(bytes, length, &i));
  }
  return (size_t)(out - units);
}

static size_t put_utf8(uint32_t point, char *out) {
  if (point < 0x80) {
    out[0] = (char)point;
    return 1;
  }
  if (point < 0x800) {
    out[0] = (char)(0xc0 | point >> 6);
    out[1] = (char)(0x80 | (point & 0x3f));
    return 2;
  }
  if (point < 0x10000) {
    out[0] = (char)(0xe0 | point >> 12);
    out[1] = (char)(0x80 | (point >> 6 & 0x3f));
    out[2] = (char)(0x80 | (point & 0x3f));
    return 3;
  }
  out[0] = (char)(0xf0 | point >> 18);
  out[1] = (char)(0x80 | (point >> 12 & 0x3f));
  out[2] = (char)(0x80 | (point >> 6 & 0x3f));
  out[3] = (char)(0x80 | (point & 0x3f));
  return 4;
}

size_t utf16_to_utf8(const uint16_t *units, size_t length, char *bytes) {
  size_t written = 0;
  for (size_t i = 0; i < length; i++) {
    uint32_t point = units[i];
    if (point >= 0xd800 && point <= 0xdfff) {
      bool paired = point < 0xdc00 && i + 1 < length && (units[i + 1] & 0xfc00) == 0xdc00;
      point = paired ? 0x10000 + ((point - 0xd800) << 10) + (units[++i] - 0xdc00u) : 0xfffd;
    }
    written += put_utf8(point, bytes + written);
  }
  return written;
}

size_t latin1_to_utf8(const uint8_t *text, size_t length, char *bytes) {
  char *out = bytes;
  size_t i = 0;
  while (i < length) {
    size_t start = i;
    while (i + 16 <= length && ascii16(text + i)) i += 16;
    memcpy(out, text + start, i - start);
    out += i - start;
    for (size_t end = length - i < 16 ? length : i + 16; i < end; i++) out += put_utf8(text[i], out);
  }
  return (size_t)(out - bytes);
}

size_t latin1_utf8_length(const uint8_t *text, size_t length) {
  size_t bytes = length;
  for (size_t i = 0; i < length; i++) bytes += text[i] >> 7;
  return bytes;
}
