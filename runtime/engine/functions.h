// SPDX-License-Identifier: MIT
//
// The two ways to make a C function that JavaScript calls (functions.c). All but tests use js_function, which
// takes the better one that there is. Names are ASCII.
#ifndef LODE_ENGINE_FUNCTIONS_H
#define LODE_ENGINE_FUNCTIONS_H

#include "runtime/engine/engine.h"

js_obj engine_function_by_callback(js_ctx ctx, const char *name, js_native_fn fn);
js_obj engine_function_by_host(js_ctx ctx, const char *name, js_native_fn fn);

#endif
