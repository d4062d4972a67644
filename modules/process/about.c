// SPDX-License-Identifier: MIT
//
// binding('about'): versions of the libraries in this build, and its architecture.
#include "runtime/env/env.h"

#include <ares.h>
#include <llhttp.h>
#include <openssl/opensslv.h>
#include <stdio.h>
#include <unicode/uversion.h>
#include <unicode/uchar.h>
#include <zlib.h>
#include <zstd.h>

static void add(js_ctx ctx, js_obj target, const char *name, const char *value) {
  js_set(ctx, target, name, js_str(ctx, value));
}

JS_FN(versions) {
  js_obj out = js_object(ctx);
  char text[64];
  add(ctx, out, "node", "25.8.1");
  add(ctx, out, "lode", LODE_VERSION);
  add(ctx, out, "jsc", LODE_JSC_VERSION);
  // Programs parse this one; it is the version whose behaviour the reference has.
  add(ctx, out, "v8", "14.1.146.11-node.20");
  add(ctx, out, "uv", uv_version_string());
  add(ctx, out, "amaro", LODE_AMARO_VERSION);
  add(ctx, out, "zlib", zlibVersion());
  add(ctx, out, "ares", ARES_VERSION_STR);
  add(ctx, out, "zstd", ZSTD_VERSION_STRING);
  add(ctx, out, "modules", "141");
  add(ctx, out, "napi", "10");
  add(ctx, out, "openssl", OPENSSL_FULL_VERSION_STR);
  add(ctx, out, "brotli", LODE_BROTLI_VERSION);
  snprintf(text, sizeof text, "%d.%d.%d", LLHTTP_VERSION_MAJOR, LLHTTP_VERSION_MINOR, LLHTTP_VERSION_PATCH);
  add(ctx, out, "llhttp", text);
  add(ctx, out, "icu", U_ICU_VERSION);
  add(ctx, out, "unicode", U_UNICODE_VERSION);
  return out;
}

static void about_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {{"versions", versions}};
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
#if defined(__x86_64__)
  add(ctx, target, "arch", "x64");
#elif defined(__aarch64__)
  add(ctx, target, "arch", "arm64");
#else
#error "lode runs on x86-64 and arm64: the engine's value encoding is known there"
#endif
#ifdef __SANITIZE_ADDRESS__
  js_set(ctx, target, "asan", js_bool(true));
#else
  js_set(ctx, target, "asan", js_bool(false));
#endif
}

LODE_BINDING(about, 1, about_init, NULL);
