// SPDX-License-Identifier: MIT
//
// UTF-8 to UTF-16 as the WHATWG Encoding standard decodes it (each maximal ill-formed part becomes one
// U+FFFD), and back.
#ifndef LODE_UTF_H
#define LODE_UTF_H

#include "base/base.h"

// Writes at most `length` code units to `units` and returns how many.
size_t utf8_to_utf16(const char *bytes, size_t length, uint16_t *units);

// UTF-16 to UTF-8; a lone surrogate becomes one U+FFFD. `bytes` has room for 3 per unit. Returns the bytes
// written.
size_t utf16_to_utf8(const uint16_t *units, size_t length, char *bytes);

// Latin-1 to UTF-8. `bytes` has room for 2 per character. Returns the bytes written.
size_t latin1_to_utf8(const uint8_t *text, size_t length, char *bytes);

// How many bytes latin1_to_utf8 writes.
size_t latin1_utf8_length(const uint8_t *text, size_t length);

#endif
