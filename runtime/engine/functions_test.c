// SPDX-License-Identifier: MIT
//
// A C function behaves alike whichever way it was made: arguments, results, exceptions, calls back into
// JavaScript, `new`, its name.
#include "runtime/engine/functions.h"
#include "runtime/engine/vm.h"

#include <stdio.h>

// (fn, value, ...) => what fn makes of value and the count of arguments; throws what fn throws
JS_FN(apply) {
  if (argc < 2) return NULL;
  js_val arguments[] = {argv[1], js_int((int)argc)};
  return js_call(ctx, js_as_object(argv[0]), NULL, 2, arguments, exc);
}

JS_FN(fail) { return js_throw_error(ctx, exc, "TypeError", NULL, "%d arguments", (int)argc); }

static const char script[] =
    "(function (apply, fail) {"
    "  const seen = [];"
    "  const note = (what) => { try { seen.push(String(what())); } catch (e) { seen.push(`threw ${e}`); } };"
    "  note(() => apply());"
    "  note(() => apply((v, n) => v + n, 'a'));"
    "  note(() => apply((v, n) => v + n, 'a', 1, 2, 3));"
    "  note(() => apply((v) => apply((w, n) => w + n, v, 0), 'nested'));"
    "  note(() => apply(() => { throw new RangeError('inner'); }, 1));"
    "  note(() => apply(() => undefined, 1));"
    "  note(() => fail(1, 2));"
    "  note(() => [3, 4].map(fail));"
    "  note(() => apply.call(null, (v) => v, 'this'));"
    "  note(() => apply.name + apply.length + typeof apply);"
    "  note(() => { try { new apply(); return 'made'; } catch (e) { return e instanceof TypeError; } });"
    "  let sum = 0;"
    "  for (let i = 0; i < 20000; i++) sum += apply((v, n) => v + n, i, 0);" // compiled by then
    "  note(() => sum);"
    "  return seen.join('|');"
    "})";

static const char expected[] = "undefined|a2|a5|nested3|threw RangeError: inner|undefined|threw TypeError: 2 "
                               "arguments|threw TypeError: 3 arguments|this|apply0function|true|200050000";

typedef js_obj make_fn(js_ctx ctx, const char *name, js_native_fn fn);

static int check(make_fn *make, const char *way) {
  JSGlobalContextRef ctx = engine_new();
  js_lock(ctx);
  js_val error = NULL;
  js_val fn = engine_eval(ctx, js_str(ctx, script), js_str(ctx, "test"), 1, &error);
  CHECK(fn && !error);
  js_val functions[] = {make(ctx, "apply", apply), make(ctx, "fail", fail)};
  js_val seen = js_call(ctx, js_as_object(fn), NULL, 2, functions, &error);
  CHECK(seen && !error);
  js_text text;
  CHECK(js_text_take(ctx, seen, &text, NULL));
  bool right = !strcmp(text.data, expected);
  if (!right) printf("%s: %s\n", way, text.data);
  js_text_drop(&text);
  js_unlock(ctx);
  engine_release(ctx);
  return !right;
}

int main(void) {
  engine_configure();
  return check(js_function, "the usual way") + check(engine_function_by_callback, "by callback") != 0;
}
