// SPDX-License-Identifier: MIT
//
// UTF-8 and Latin-1 for Buffer. Idea: text is mostly ASCII, so every loop tries eight units at a time first
// and falls back to one character. Pure functions; any thread.
#include "modules/buffer/codec.h"

#define HIGH_BITS 0x8080808080808080ull
#define HIGH_BITS_16 0xff80ff80ff80ff80ull

static uint64_t load64(const void *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

// The length of the ASCII prefix.
static size_t ascii_prefix(const uint8_t *bytes, size_t length) {
  size_t i = 0;
  while (i + 32 <= length) {
    uint64_t any =
        load64(bytes + i) | load64(bytes + i + 8) | load64(bytes + i + 16) | load64(bytes + i + 24);
    if (any & HIGH_BITS) break;
    i += 32;
  }
  while (i < length && bytes[i] < 0x80) i++;
  return i;
}

bool codec_is_ascii(const uint8_t *bytes, size_t length) { return ascii_prefix(bytes, length) == length; }

// One character of UTF-8 at bytes[0], which is not ASCII. Returns its length and sets *point; for an
// ill-formed one returns the length of the part that one U+FFFD replaces, with *point = -1.
static size_t utf8_next(const uint8_t *bytes, size_t length, int32_t *point) {
  uint8_t lead = bytes[0];
  uint8_t low = 0x80, high = 0xbf; // bounds of the second byte; they exclude overlong forms and surrogates
  size_t need;
  int32_t value;
  *point = -1;
  if (lead >= 0xc2 && lead <= 0xdf) {
    need = 1, value = lead & 0x1f;
  } else if (lead >= 0xe0 && lead <= 0xef) {
    need = 2, value = lead & 0x0f;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    need = 3, value = lead & 0x07;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
  } else {
    return 1;
  }
  for (size_t i = 1; i <= need; i++) {
    if (i >= length || bytes[i] < low || bytes[i] > high) return i;
    value = value << 6 | (bytes[i] & 0x3f);
    low = 0x80, high = 0xbf;
  }
  *point = value;
  return need + 1;
}

bool codec_is_utf8(const uint8_t *bytes, size_t length) {
  size_t i = 0;
  while (i < length) {
    if (bytes[i] < 0x80) {
      i += ascii_prefix(bytes + i, length - i);
      continue;
    }
    int32_t point;
    i += utf8_next(bytes + i, length - i, &point);
    if (point < 0) return false;
  }
  return true;
}

size_t codec_utf8_decode(const uint8_t *bytes, size_t length, uint16_t *out) {
  size_t i = 0, n = 0;
  while (i < length) {
    if (bytes[i] < 0x80) {
      size_t run = ascii_prefix(bytes + i, length - i);
      for (size_t k = 0; k < run; k++) out[n + k] = bytes[i + k];
      n += run, i += run;
      continue;
    }
    int32_t point;
    i += utf8_next(bytes + i, length - i, &point);
    if (point < 0) {
      out[n++] = 0xfffd;
    } else if (point < 0x10000) {
      out[n++] = (uint16_t)point;
    } else {
      out[n++] = (uint16_t)(0xd7c0 + (point >> 10));
      out[n++] = (uint16_t)(0xdc00 | (point & 0x3ff));
    }
  }
  return n;
}

// The code point at units[*i], which moves on; a lone surrogate reads as U+FFFD.
static uint32_t utf16_next(const uint16_t *units, size_t count, size_t *i) {
  uint32_t unit = units[(*i)++];
  if ((unit & 0xf800) != 0xd800) return unit;
  if (unit < 0xdc00 && *i < count && (units[*i] & 0xfc00) == 0xdc00) {
    return 0x10000 + ((unit & 0x3ff) << 10) + (units[(*i)++] & 0x3ff);
  }
  return 0xfffd;
}

static size_t point_bytes(uint32_t point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

size_t codec_utf8_length(const uint16_t *units, size_t count) {
  size_t i = 0, total = 0;
  while (i < count) {
    while (i + 4 <= count && !(load64(units + i) & HIGH_BITS_16)) i += 4, total += 4;
    if (i < count) total += point_bytes(utf16_next(units, count, &i));
  }
  return total;
}

static void utf8_put(uint32_t point, size_t size, uint8_t *out) {
  switch (size) {
  case 1:
    out[0] = (uint8_t)point;
    break;
  case 2:
    out[0] = (uint8_t)(0xc0 | point >> 6);
    out[1] = (uint8_t)(0x80 | (point & 0x3f));
    break;
  case 3:
    out[0] = (uint8_t)(0xe0 | point >> 12);
    out[1] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
    out[2] = (uint8_t)(0x80 | (point & 0x3f));
    break;
  default:
    out[0] = (uint8_t)(0xf0 | point >> 18);
    out[1] = (uint8_t)(0x80 | (point >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (point & 0x3f));
  }
}

size_t codec_utf8_encode(const uint16_t *units, size_t count, uint8_t *out, size_t room) {
  size_t i = 0, n = 0;
  while (i < count) {
    while (i + 4 <= count && n + 4 <= room && !(load64(units + i) & HIGH_BITS_16)) {
      for (int k = 0; k < 4; k++) out[n + k] = (uint8_t)units[i + k];
      i += 4, n += 4;
    }
    if (i == count) break;
    uint32_t point = utf16_next(units, count, &i);
    size_t size = point_bytes(point);
    if (size > room - n) break;
    utf8_put(point, size, out + n);
    n += size;
  }
  return n;
}

size_t codec_latin1_encode(const uint16_t *units, size_t count, uint8_t *out, size_t room) {
  if (count > room) count = room;
  for (size_t i = 0; i < count; i++) out[i] = (uint8_t)units[i];
  return count;
}

size_t codec_max_bytes(int encoding, size_t count) {
  switch (encoding) {
  case ENC_UTF8:
    return count * 3;
  case ENC_UTF16LE:
    return count * 2;
  case ENC_BASE64:
  case ENC_BASE64URL:
    return count / 4 * 3 + 3;
  case ENC_HEX:
    return count / 2;
  default:
    return count;
  }
}

size_t codec_encode(int encoding, const uint16_t *units, size_t count, uint8_t *out, size_t room) {
  switch (encoding) {
  case ENC_UTF8:
    return codec_utf8_encode(units, count, out, room);
  case ENC_UTF16LE:
    if (count > room / 2) count = room / 2;
    if (count) memcpy(out, units, count * 2);
    return count * 2;
  case ENC_BASE64:
  case ENC_BASE64URL:
    return codec_base64_decode(units, count, out, room);
  case ENC_HEX:
    return codec_hex_decode(units, count, out, room);
  default:
    return codec_latin1_encode(units, count, out, room);
  }
}
