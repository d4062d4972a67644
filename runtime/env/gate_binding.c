// SPDX-License-Identifier: MIT
//
// binding('env'): what the bootstrap and the process object ask of the environment itself.
#include "runtime/engine/vm.h"
#include "runtime/env/internal.h"

#include <stdio.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

// (runTicks, onUncaught, { main, beforeExit, exit }, $lode)
JS_FN(setup) {
  lode_env *env = env_current();
  env->run_ticks = js_ref_take(ctx, JS_ARG(0));
  env->on_uncaught = js_ref_take(ctx, JS_ARG(1));
  env->hooks = js_ref_take(ctx, JS_ARG(2));
  env->context = js_ref_take(ctx, JS_ARG(3));
  return js_undefined();
}

// (fn): called by the engine with (promise, reason) once a promise stayed rejected through a drain of
// microtasks.
JS_FN(on_unhandled_rejection) {
  engine_on_unhandled_rejection(ctx, js_as_object(JS_ARG(0)));
  return js_undefined();
}

// (source, url, firstLine) => completion value
JS_FN(evaluate) {
  js_val error = NULL;
  js_val result = engine_eval(ctx, JS_ARG(0), JS_ARG(1), js_to_int(JS_ARG(2), 1), &error);
  if (error) return js_throw(exc, error);
  return result;
}

// (source, url, firstLine): throws the SyntaxError, if any
JS_FN(check_syntax) {
  js_val error = NULL;
  if (!engine_check_syntax(ctx, JS_ARG(0), JS_ARG(1), js_to_int(JS_ARG(2), 1), &error)) js_throw(exc, error);
  return js_undefined();
}

// (promise) => [state, result, handled] with state 0 pending, 1 fulfilled, 2 rejected, 3 unknown
JS_FN(promise_details) {
  js_val result = js_undefined();
  bool handled = false;
  js_val parts[3];
  parts[0] = js_int(js_promise_state(JS_ARG(0), &result, &handled));
  parts[1] = result ? result : js_undefined();
  parts[2] = js_bool(handled);
  return js_array(ctx, 3, parts);
}

JS_FN(promise_handled) {
  bool handled = false;
  js_promise_state(JS_ARG(0), NULL, &handled);
  return js_bool(handled);
}

JS_FN(collect_garbage) {
  engine_collect_garbage(ctx);
  return js_undefined();
}

JS_FN(refuse_eval) {
  engine_refuse_eval(ctx, "Code generation from strings disallowed for this context");
  return js_undefined();
}

JS_FN(memory_statistics) { return engine_memory_statistics(ctx); }

// (code): ends the process now. Nothing of JavaScript runs any more; standard output is flushed. In a worker,
// it is the thread that ends: the caller loops until that reaches it.
JS_FN(really_exit) {
  lode_env *env = env_current();
  if (env_is_worker(env)) {
    env_exit_thread(env, js_to_int(JS_ARG(0), 0));
    return js_undefined();
  }
  env->stopping = true;
  env_run_exit_hooks(env); // bytes that wait for the end of an event go out
  fflush(NULL);
  env_stdio_restore(env_current());
  _exit(js_to_int(JS_ARG(0), 0) & 0xff);
}

JS_FN(abort_process) {
  fflush(NULL);
  abort();
}

// (fd, text): synchronous and complete; errors are ignored because there is nobody to tell.
JS_FN(write_raw) {
  js_text text;
  if (!js_text_take(ctx, JS_ARG(1), &text, exc)) return js_undefined();
  size_t done = 0;
  while (done < text.length) {
    ssize_t wrote = write(js_to_int(JS_ARG(0), 2), text.data + done, text.length - done);
    if (wrote > 0)
      done += (size_t)wrote;
    else if (wrote < 0 && (errno == EINTR || errno == EAGAIN))
      usleep(1000);
    else
      break;
  }
  js_text_drop(&text);
  return js_undefined();
}

static void env_binding_init(lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {
      {"setup", setup},
      {"onUnhandledRejection", on_unhandled_rejection},
      {"evaluate", evaluate},
      {"checkSyntax", check_syntax},
      {"promiseDetails", promise_details},
      {"promiseHandled", promise_handled},
      {"collectGarbage", collect_garbage},
      {"memoryStatistics", memory_statistics},
      {"refuseEval", refuse_eval},
      {"reallyExit", really_exit},
      {"abort", abort_process},
      {"writeRaw", write_raw},
  };
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_obj argv = js_array(ctx, 0, NULL);
  for (int i = 0; i < env->argc; i++) js_set_index(ctx, argv, (unsigned)i, js_str(ctx, env->argv[i]));
  js_set(ctx, target, "argv", argv);
  js_set(ctx, target, "isWorker", js_bool(env_is_worker(env)));
}

LODE_BINDING(env, 1, env_binding_init, NULL);
