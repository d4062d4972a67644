// SPDX-License-Identifier: MIT
//
// What other C halves may use of Buffer: text of bytes in a given encoding. Engine's thread.
#ifndef LODE_BUFFER_H
#define LODE_BUFFER_H

#include "modules/buffer/codec.h"
#include "runtime/engine/engine.h"

// A JavaScript string of the bytes; `encoding` is an ENC_ constant.
js_val buffer_decode(js_ctx ctx, const uint8_t *bytes, size_t length, int encoding);

// The functions of search.c, for the binding's table.
extern const js_fn_spec buffer_search_functions[];
extern const size_t buffer_search_count;

#endif
