// SPDX-License-Identifier: MIT
//
// The C half of TypeScript stripping: the bytes of the embedded WebAssembly, which
// runtime/loader/typescript.js compiles when the first TypeScript file is met.
#include "runtime/env/env.h"

extern const unsigned char lode_amaro[], lode_amaro_end[];

static void keep(LODE_UNUSED void *data, LODE_UNUSED void *hint) {}

// wasm() -> ArrayBuffer over the embedded bytes. They are read-only memory: only the engine's compiler, which
// copies them, may have it.
JS_FN(typescript_wasm) {
  return js_arraybuffer_external(ctx, (void *)lode_amaro, (size_t)(lode_amaro_end - lode_amaro), keep, NULL);
}

static const js_fn_spec functions[] = {{"wasm", typescript_wasm}};

static void typescript_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(typescript, 0, typescript_init, NULL);
