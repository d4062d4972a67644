// SPDX-License-Identifier: MIT
//
// The virtual machine: settings, creation, evaluation, promises.
//
// The inline value encoding of engine.h, and the layout of promises read below, are the engine's internals.
// Both are verified against known values when an engine is made: an encoding that differs ends the process at
// once with a message, an unknown promise layout only makes states "unknown".
#include "runtime/engine/vm.h"
#include "runtime/engine/jsc_private.h"

#include "runtime/engine/sampler.h"

#include <signal.h>
#include <stdlib.h>

// Under load the collector frees and takes the same pages many times a second, and by default the allocator's
// scavenger looks ten times a second for pages to give back to the kernel. A look is dear, whatever it finds:
// it empties the caches of the running thread, and pages that it gives back are missed at once. Looking every
// ten seconds costs a small HTTP server a tenth less CPU per request than looking every second, which was 4 %
// less than the default; memory that a program has let go goes back to the kernel that much later.
static void keep_pages_longer(void) {
  if (!&pas_scavenger_period_in_milliseconds || !&pas_scavenger_max_epoch_delta) return;
  pas_scavenger_period_in_milliseconds = 10 * 1000;
  pas_scavenger_max_epoch_delta = 5LL * 1000 * 1000 * 1000;
}

void engine_configure(void) {
  keep_pages_longer();
  setenv("JSC_useSharedArrayBuffer", "1", 0);
  // A young heap is not collected before it has grown by so much (1 MiB by default): half of all starts of
  // worker threads paid for a collection that found nothing.
  setenv("JSC_smallHeapSize", "4194304", 0);
  setenv("JSC_useTailCalls", "0", 0); // stacks keep the frames of strict tail calls, as in Node
  setenv("JSC_sampleInterval", ENGINE_SAMPLE_INTERVAL_US, 0); // of sampler.c, in microseconds
  JSConfigureSignalForGC(SIGRTMIN + 5);                       // SIGUSR1, the default, belongs to programs
  // The thread's GLib context must be in place by now: the main run loop takes it.
  if (wtf_initialize_main_thread) wtf_initialize_main_thread();
}

static void verify_encoding(js_ctx ctx) {
  CHECK(JSValueMakeUndefined(ctx) == js_undefined());
  CHECK(JSValueMakeNull(ctx) == js_null());
  CHECK(JSValueMakeBoolean(ctx, true) == js_bool(true) && JSValueMakeBoolean(ctx, false) == js_bool(false));
  CHECK(JSValueMakeNumber(ctx, -7) == js_int(-7) && JSValueMakeNumber(ctx, 0.5) == js_num(0.5));
  CHECK(JSValueMakeNumber(ctx, -0.0) == js_num(-0.0) && JSValueMakeNumber(ctx, 3e9) == js_num(3e9));
  // Strings made past the C interface (values.c).
  JSStringRef probe = JSValueToStringCopy(ctx, js_str_latin1(ctx, "a\xe9", 2), NULL);
  CHECK(probe && JSStringGetLength(probe) == 2 && JSStringGetCharactersPtr(probe)[1] == 0xe9);
  JSStringRelease(probe);
}

JSGlobalContextRef engine_new(void) {
  JSContextGroupRef group = JSContextGroupCreate();
  JSGlobalContextRef ctx = JSGlobalContextCreateInGroup(group, NULL);
  JSContextGroupRelease(group);
  verify_encoding(ctx);
  return ctx;
}

void engine_release(JSGlobalContextRef ctx) { JSGlobalContextRelease(ctx); }

js_val engine_eval(js_ctx ctx, js_val source, js_val url, int line, js_val *exc) {
  JSStringRef text = JSValueToStringCopy(ctx, source, exc);
  if (!text) return NULL;
  JSStringRef name = JSValueToStringCopy(ctx, url, NULL);
  js_val result = JSEvaluateScript(ctx, text, NULL, name, line, exc);
  if (name) JSStringRelease(name);
  JSStringRelease(text);
  return result;
}

bool engine_check_syntax(js_ctx ctx, js_val source, js_val url, int line, js_val *exc) {
  JSStringRef text = JSValueToStringCopy(ctx, source, exc);
  if (!text) return false;
  JSStringRef name = JSValueToStringCopy(ctx, url, NULL);
  bool good = JSCheckScriptSyntax(ctx, text, name, line, exc);
  if (name) JSStringRelease(name);
  JSStringRelease(text);
  return good;
}

void engine_on_unhandled_rejection(js_ctx ctx, js_obj fn) {
  JSGlobalContextSetUnhandledRejectionCallback(JSContextGetGlobalContext(ctx), fn, NULL);
}

void engine_refuse_eval(js_ctx ctx, const char *message) {
  JSStringRef text = JSStringCreateWithUTF8CString(message);
  JSGlobalContextSetEvalEnabled(JSContextGetGlobalContext(ctx), false, text);
  JSStringRelease(text);
}

void engine_collect_garbage(js_ctx ctx) { JSSynchronousGarbageCollectForDebugging(ctx); }
js_val engine_memory_statistics(js_ctx ctx) { return JSGetMemoryUsageStatistics(ctx); }

void js_lock(js_ctx ctx) { JSLock(ctx); }
void js_unlock(js_ctx ctx) { JSUnlock(ctx); }

// A promise object's words: header, butterfly, flags (an int value), result. Flags: low two bits the state,
// bit 2 "is handled".
int js_promise_state(js_val promise, js_val *result, bool *handled) {
  const uint64_t *words = (const uint64_t *)promise;
  if (!js_is_cell(promise) || !js_is_int(js_bits(words[2]))) return JS_PROMISE_UNKNOWN;
  uint32_t flags = (uint32_t)words[2];
  if (result) *result = js_bits(words[3]);
  if (handled) *handled = flags & 4;
  return (int)(flags & 3) < 3 ? (int)(flags & 3) : JS_PROMISE_UNKNOWN;
}
