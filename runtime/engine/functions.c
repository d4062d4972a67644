// SPDX-License-Identifier: MIT
//
// C functions that JavaScript calls.
//
// The C interface's functions are objects of a class of their own: each call copies the arguments, turns
// `this` into an object, lets go of the engine's lock, and so has every use of the engine in the function
// take it again: 150 ns a call. The engine's own functions get the frame as it is, under the lock: 20 ns, and
// compiled code calls them directly. The library exports what makes one.
//
// What is assumed about the frame is tried once per process; where the library lacks the functions, or the
// trial fails, the C interface's way is taken.
#include "runtime/engine/functions.h"
#include "runtime/engine/jsc_private.h"

#include <stdatomic.h>

enum { UNKNOWN, HOST, CALLBACK };

// The library is the process's, so its answer is, too.
static atomic_int way = UNKNOWN;

js_val js_host_throw(js_ctx ctx, js_val error) {
  jsc_throw(JSContextGetGroup(ctx), ctx, error);
  return js_undefined();
}

js_obj engine_function_by_callback(js_ctx ctx, const char *name, js_native_fn fn) {
  JSStringRef text = JSStringCreateWithUTF8CString(name);
  js_obj function = JSObjectMakeFunctionWithCallback(ctx, text, fn->callback);
  JSStringRelease(text);
  return function;
}

static bool has_host_functions(void) {
#if defined(__x86_64__) // the calling convention that the declarations are written for
  return wtf_string_create && wtf_js_string_create && jsc_function_create && jsc_no_constructor && jsc_throw;
#else
  return false;
#endif
}

js_obj engine_function_by_host(js_ctx ctx, const char *name, js_native_fn fn) {
  void *string = NULL;
  wtf_string_create(&string, name, strlen(name));
  js_lock(ctx);
  js_obj function =
      jsc_function_create(JSContextGetGroup(ctx), ctx, 0, &string, fn->host, 0, 0, jsc_no_constructor, NULL);
  js_unlock(ctx);
  JSStringRef owner = NULL; // of the name, which cannot be let go of otherwise
  wtf_js_string_create(&owner, &string);
  if (owner) JSStringRelease(owner);
  return function;
}

JS_FN(trial) {
  bool right = argc == 2 && argv[0] == js_int(7) && argv[1] == js_int(8);
  if (right) *exc = js_int(9);
  return js_undefined();
}

static bool trial_succeeds(js_ctx ctx) {
  js_val arguments[] = {js_int(7), js_int(8)};
  js_obj function = engine_function_by_host(ctx, "trial", trial);
  js_val error = NULL;
  js_call(ctx, function, NULL, 2, arguments, &error);
  return error == js_int(9);
}

static int find_way(js_ctx ctx) {
  int found = has_host_functions() && trial_succeeds(ctx) ? HOST : CALLBACK;
  atomic_store_explicit(&way, found, memory_order_relaxed);
  return found;
}

js_obj js_function(js_ctx ctx, const char *name, js_native_fn fn) {
  int known = atomic_load_explicit(&way, memory_order_relaxed);
  if (known == UNKNOWN) known = find_way(ctx);
  return known == HOST ? engine_function_by_host(ctx, name, fn) : engine_function_by_callback(ctx, name, fn);
}

void js_define_functions(js_ctx ctx, js_obj target, const js_fn_spec *specs, size_t count) {
  for (size_t i = 0; i < count; i++)
    js_set(ctx, target, specs[i].name, js_function(ctx, specs[i].name, specs[i].fn));
}
