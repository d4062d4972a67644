// SPDX-License-Identifier: MIT
//
// The sampling profiler of an engine, without its price while nothing is sampled.
//
// An engine that has a profiler tells it of every acquisition of its lock, paused or not: 7 % of a small HTTP
// request. So the pointer that the engine has to it is taken away while it is paused, and put back before it
// is started. The engine's collector also finds the profiler through that pointer; it must be in place while
// there are samples. Where it stands in the engine's object is found out when the sampler is made; if it is
// not found, the profiler stays where it is: dearer, not wrong. Where a function is missing there are no
// samples.
#include "runtime/engine/sampler.h"
#include "runtime/engine/jsc_private.h"

#include <stdlib.h>

enum { VM_SEARCHED_WORDS = 0x40000 / sizeof(void *) };

struct engine_sampler {
  JSContextGroupRef vm;
  void *profiler; // NULL: the engine has none that can be used
  void **slot;    // the engine's pointer to it
};

static bool has_functions(void) {
  return jsc_vm_ensure_sampling_profiler && jsc_vm_disable_sampling_profiler && jsc_sampling_profiler_start &&
         jsc_sampling_profiler_notice_thread;
}

// The engine's object holds the pointer, so the search ends within it. One owner: one such word.
static void **find_slot(JSContextGroupRef vm, void *profiler) {
  if (*(const int32_t *)profiler != 1) return NULL;
  void **words = (void **)vm;
  for (size_t i = 0; i < VM_SEARCHED_WORDS; i++)
    if (words[i] == profiler) return words + i;
  return NULL;
}

static void place(engine_sampler *sampler, void *profiler) {
  if (sampler->slot) __atomic_store_n(sampler->slot, profiler, __ATOMIC_SEQ_CST);
}

engine_sampler *sampler_new(js_ctx ctx) {
  engine_sampler *sampler = lode_zalloc(sizeof *sampler);
  sampler->vm = JSContextGetGroup(ctx);
  js_lock(ctx);
  if (has_functions()) {
    JSContextGroupDisableSamplingProfiler(sampler->vm); // makes it: paused, and without its thread
    void *unused = NULL;                                // only looked at when there is none yet
    sampler->profiler = jsc_vm_ensure_sampling_profiler(sampler->vm, &unused);
    jsc_sampling_profiler_notice_thread(sampler->profiler);
    sampler->slot = find_slot(sampler->vm, sampler->profiler);
  }
  place(sampler, NULL);
  js_unlock(ctx);
  return sampler;
}

void sampler_start(engine_sampler *sampler) {
  if (!sampler->profiler) return;
  place(sampler, sampler->profiler);
  jsc_sampling_profiler_start(sampler->profiler);
}

void sampler_pause(engine_sampler *sampler) {
  if (sampler->profiler) jsc_vm_disable_sampling_profiler(sampler->vm);
}

js_val sampler_take(engine_sampler *sampler, js_ctx ctx) {
  if (!sampler->profiler) return js_undefined();
  sampler_pause(sampler);
  JSStringRef text = JSContextGroupTakeSamplesFromSamplingProfiler(sampler->vm);
  js_val result = text ? JSValueMakeString(ctx, text) : js_undefined();
  if (text) JSStringRelease(text);
  place(sampler, NULL);
  return result;
}

// The engine ends the profiler's thread when it goes, and must find it.
void sampler_free(engine_sampler *sampler) {
  place(sampler, sampler->profiler);
  sampler_pause(sampler);
  free(sampler);
}
