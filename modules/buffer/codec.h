// SPDX-License-Identifier: MIT
//
// Character encodings as Buffer understands them, between bytes and UTF-16 code units. Pure functions: no
// engine, no allocation, linear time, any input accepted. Any thread.
#ifndef LODE_BUFFER_CODEC_H
#define LODE_BUFFER_CODEC_H

#include "base/base.h"

// The numbers are shared with modules/buffer/encodings.js.
enum {
  ENC_UTF8,
  ENC_UTF16LE,
  ENC_LATIN1,
  ENC_ASCII,
  ENC_BASE64,
  ENC_BASE64URL,
  ENC_HEX,
  ENC_COUNT,
};

bool codec_is_ascii(const uint8_t *bytes, size_t length);
bool codec_is_utf8(const uint8_t *bytes, size_t length);

// UTF-16 to UTF-8; a lone surrogate becomes U+FFFD. The encoder stops before a character that does not fit
// whole in `room`.
size_t codec_utf8_length(const uint16_t *units, size_t count);
size_t codec_utf8_encode(const uint16_t *units, size_t count, uint8_t *out, size_t room);
// UTF-8 to UTF-16, ill-formed parts becoming U+FFFD as WHATWG's decoder does. `out` holds `length` units.
size_t codec_utf8_decode(const uint8_t *bytes, size_t length, uint16_t *out);

// The low byte of each unit. Returns the number of bytes written.
size_t codec_latin1_encode(const uint16_t *units, size_t count, uint8_t *out, size_t room);

// Text of 4 * ceil(n / 3) bytes at most; base64url is written without padding.
size_t codec_base64_encode(const uint8_t *bytes, size_t length, char *out, bool url);
// Both alphabets; unknown characters are skipped, '=' ends the text. Writes at most `room` bytes.
size_t codec_base64_decode(const uint16_t *units, size_t count, uint8_t *out, size_t room);

void codec_hex_encode(const uint8_t *bytes, size_t length, char *out); // 2 * length characters
// Stops at the first pair that is not two hexadecimal digits.
size_t codec_hex_decode(const uint16_t *units, size_t count, uint8_t *out, size_t room);

// The most bytes that `count` units can become in an encoding.
size_t codec_max_bytes(int encoding, size_t count);
// Encodes in any encoding; returns the bytes written.
size_t codec_encode(int encoding, const uint16_t *units, size_t count, uint8_t *out, size_t room);

#endif
