// SPDX-License-Identifier: MIT
//
// Shared libraries that are loaded at their first use. Mapping and relocating OpenSSL costs every start of a
// program milliseconds and a megabyte, and most short programs never need it.
//
// tools/delay_load.sh makes a stub for each function of such a library that lode calls; the binding that uses
// the library calls lazy_library_load before it calls any of them.
#ifndef LODE_LAZY_LIBRARY_H
#define LODE_LAZY_LIBRARY_H

#include "base/base.h"

typedef struct lazy_library {
  const char *soname;
  const char *names; // `count` NUL-terminated names, one after the other
  void **slots;      // what the stubs jump through, in the same order
  uint64_t count;
  uint64_t loaded;
} lazy_library;

extern lazy_library lazy_library_crypto, lazy_library_cares, lazy_library_brotlienc, lazy_library_brotlidec,
    lazy_library_zstd;

// Loads the library and fills the slots; ends the process with a message when it is missing. May be called
// from any thread, and again.
void lazy_library_load(lazy_library *library);

#endif
