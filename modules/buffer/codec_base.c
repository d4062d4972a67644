// SPDX-License-Identifier: MIT
//
// Base64, base64url and hexadecimal for Buffer. Decoding is lenient as Node's is: it never fails, it stops or
// skips. Pure functions; any thread.
#include "modules/buffer/codec.h"

static const char alphabet[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

size_t codec_base64_encode(const uint8_t *bytes, size_t length, char *out, bool url) {
  const char *digits = alphabet[url];
  size_t i = 0, n = 0;
  for (; i + 3 <= length; i += 3, n += 4) {
    uint32_t group = (uint32_t)bytes[i] << 16 | (uint32_t)bytes[i + 1] << 8 | bytes[i + 2];
    out[n] = digits[group >> 18];
    out[n + 1] = digits[group >> 12 & 63];
    out[n + 2] = digits[group >> 6 & 63];
    out[n + 3] = digits[group & 63];
  }
  size_t rest = length - i;
  if (rest == 0) return n;
  uint32_t group = (uint32_t)bytes[i] << 16 | (rest == 2 ? (uint32_t)bytes[i + 1] << 8 : 0);
  out[n++] = digits[group >> 18];
  out[n++] = digits[group >> 12 & 63];
  if (rest == 2) out[n++] = digits[group >> 6 & 63];
  for (size_t pad = rest; !url && pad < 3; pad++) out[n++] = '=';
  return n;
}

// The value of each ASCII character as a digit of either alphabet; 64 for any other.
static const uint8_t values[128] = {
    [0 ... 42] = 64, ['+'] = 62,         [','] = 64,         ['-'] = 62, ['.'] = 64, ['/'] = 63, ['0'] = 52,
    ['1'] = 53,      ['2'] = 54,         ['3'] = 55,         ['4'] = 56, ['5'] = 57, ['6'] = 58, ['7'] = 59,
    ['8'] = 60,      ['9'] = 61,         [':' ... '@'] = 64, ['A'] = 0,  ['B'] = 1,  ['C'] = 2,  ['D'] = 3,
    ['E'] = 4,       ['F'] = 5,          ['G'] = 6,          ['H'] = 7,  ['I'] = 8,  ['J'] = 9,  ['K'] = 10,
    ['L'] = 11,      ['M'] = 12,         ['N'] = 13,         ['O'] = 14, ['P'] = 15, ['Q'] = 16, ['R'] = 17,
    ['S'] = 18,      ['T'] = 19,         ['U'] = 20,         ['V'] = 21, ['W'] = 22, ['X'] = 23, ['Y'] = 24,
    ['Z'] = 25,      ['[' ... '^'] = 64, ['_'] = 63,         ['`'] = 64, ['a'] = 26, ['b'] = 27, ['c'] = 28,
    ['d'] = 29,      ['e'] = 30,         ['f'] = 31,         ['g'] = 32, ['h'] = 33, ['i'] = 34, ['j'] = 35,
    ['k'] = 36,      ['l'] = 37,         ['m'] = 38,         ['n'] = 39, ['o'] = 40, ['p'] = 41, ['q'] = 42,
    ['r'] = 43,      ['s'] = 44,         ['t'] = 45,         ['u'] = 46, ['v'] = 47, ['w'] = 48, ['x'] = 49,
    ['y'] = 50,      ['z'] = 51,         ['{' ... 127] = 64,
};

size_t codec_base64_decode(const uint16_t *units, size_t count, uint8_t *out, size_t room) {
  size_t i = 0, n = 0;
  while (true) {
    // Whole groups of four clean digits.
    while (i + 4 <= count && n + 3 <= room && (units[i] | units[i + 1] | units[i + 2] | units[i + 3]) < 128) {
      uint32_t a = values[units[i]], b = values[units[i + 1]], c = values[units[i + 2]],
               d = values[units[i + 3]];
      if ((a | b | c | d) & 64) break;
      uint32_t group = a << 18 | b << 12 | c << 6 | d;
      out[n] = (uint8_t)(group >> 16), out[n + 1] = (uint8_t)(group >> 8), out[n + 2] = (uint8_t)group;
      i += 4, n += 3;
    }
    // One group with anything in between its digits.
    uint32_t group = 0, digits = 0;
    while (i < count && digits < 4) {
      if (units[i] == '=')
        count = i;
      else {
        uint32_t value = units[i] < 128 ? values[units[i]] : 64;
        i++;
        if (value < 64) group = group << 6 | value, digits++;
      }
    }
    if (digits < 2) return n;
    group <<= 6 * (4 - digits);
    for (uint32_t byte = 0; byte + 1 < digits; byte++) {
      if (n == room) return n;
      out[n++] = (uint8_t)(group >> (16 - 8 * byte));
    }
    if (digits < 4) return n;
  }
}

void codec_hex_encode(const uint8_t *bytes, size_t length, char *out) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < length; i++) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
}

static int hex_value(uint16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  uint16_t lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' && c < 128 ? lower - 'a' + 10 : -1;
}

size_t codec_hex_decode(const uint16_t *units, size_t count, uint8_t *out, size_t room) {
  size_t n = 0;
  for (; n < room && 2 * n + 1 < count; n++) {
    int high = hex_value(units[2 * n]), low = hex_value(units[2 * n + 1]);
    if (high < 0 || low < 0) break;
    out[n] = (uint8_t)(high << 4 | low);
  }
  return n;
}
