// SPDX-License-Identifier: MIT
//
// Compiled code is what runs, in several engines at once, and only for the very text and library that it was
// made of.
#include "runtime/engine/code.h"
#include "runtime/engine/vm.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { HEAD = 64, ENGINES = 4 };

static const char first[] = "(function () { function inner(a) { return a + 11111; } return inner; })";
static char text[sizeof first];
static engine_code_place place;
static engine_script script = {text, sizeof first - 1, &place, NULL};

// What the script's inner function makes of 1. `between` happens after the script was run, before the
// function is.
static double run(void (*between)(void)) {
  JSGlobalContextRef ctx = engine_new();
  js_lock(ctx);
  js_val error = NULL;
  js_val outer = engine_eval_script(ctx, &script, "test", &error);
  CHECK(outer && !error);
  js_val inner = js_call(ctx, js_as_object(outer), NULL, 0, NULL, &error);
  if (between) between();
  js_val one = js_int(1);
  js_val result = js_call(ctx, js_as_object(inner), NULL, 1, &one, &error);
  CHECK(result && !error);
  double number = JSValueToNumber(ctx, result, NULL);
  js_unlock(ctx);
  engine_release(ctx);
  return number;
}

static void change_text(void) { *strchr(text, '1') = '2'; }

// Behind a head, so that no page starts there.
static const char *make_code(uint32_t version) {
  JSGlobalContextRef ctx = engine_new();
  js_lock(ctx);
  size_t size = 0;
  char *made = engine_code_make(ctx, &script, "test", &size);
  CHECK(!made == !version); // where there is a version, code can be made
  js_unlock(ctx);
  engine_release(ctx);
  if (!made) return NULL;
  char *start = aligned_alloc(128, (HEAD + size + 127) / 128 * 128);
  memcpy(start + HEAD, made, size);
  free(made);
  place = (engine_code_place){HEAD, (uint32_t)size};
  return start;
}

static void *run_often(LODE_UNUSED void *arg) {
  for (int i = 0; i < 10; i++) CHECK(run(NULL) == 11112);
  return NULL;
}

static void run_in_threads(void) {
  pthread_t threads[ENGINES];
  for (int i = 0; i < ENGINES; i++) CHECK(!pthread_create(&threads[i], NULL, run_often, NULL));
  for (int i = 0; i < ENGINES; i++) pthread_join(threads[i], NULL);
}

int main(void) {
  engine_configure();
  memcpy(text, first, sizeof first);
  uint32_t version = engine_code_version();
  const char *code = make_code(version);

  // Another library's code is left alone: what is called is parsed when it is called.
  engine_code_open(code, 0, version + 1);
  CHECK(run(NULL) == 11112);
  CHECK(run(change_text) == 21112);
  memcpy(text, first, sizeof first);
  if (!code) return puts("this engine makes no code"), 0;

  engine_code_open(code, 0, version);
  CHECK(run(change_text) == 11112); // not parsed again
  CHECK(run(NULL) == 21112);        // code of another text
  memcpy(text, first, sizeof first);
  run_in_threads();
  CHECK(run(change_text) == 11112); // the code is still there after the end of other engines
  free((void *)code);
  puts("ok");
  return 0;
}
