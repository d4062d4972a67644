// SPDX-License-Identifier: MIT
//
// UTF-8 to UTF-16 as the WHATWG Encoding standard decodes it: each maximal ill-formed part becomes one U+FFFD.
#ifndef LODE_UTF_H
#define LODE_UTF_H

#include "base/base.h"

// Writes at most `length` code units to `units` and returns how many.
size_t utf8_to_utf16(const char *bytes, size_t length, uint16_t *units);

#endif
