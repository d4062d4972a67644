// SPDX-License-Identifier: MIT
//
// Stacks of running JavaScript, taken from outside: the engine's sampling profiler, switched on and off at
// will.
//
// While it is on, a thread of the engine's stops the JavaScript thread every ENGINE_SAMPLE_INTERVAL_US
// microseconds and notes its stack. sampler_start and sampler_pause may be called from any thread, between
// sampler_new and sampler_free; everything else belongs to the engine's own thread.
#ifndef LODE_ENGINE_SAMPLER_H
#define LODE_ENGINE_SAMPLER_H

#include "runtime/engine/engine.h"

#define ENGINE_SAMPLE_INTERVAL_US "5000"

typedef struct engine_sampler engine_sampler;

engine_sampler *sampler_new(js_ctx ctx); // paused
void sampler_start(engine_sampler *sampler);
void sampler_pause(engine_sampler *sampler);
// Pauses; returns what was sampled since the last time as JSON text, and forgets it.
js_val sampler_take(engine_sampler *sampler, js_ctx ctx);
void sampler_free(engine_sampler *sampler);

#endif
