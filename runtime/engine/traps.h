// SPDX-License-Identifier: MIT
//
// Ending the JavaScript of an engine from another thread. For interrupt.c only.
#ifndef LODE_ENGINE_TRAPS_H
#define LODE_ENGINE_TRAPS_H

#include "runtime/engine/engine.h"

// Learns where the engine keeps its traps; once per process, on an engine's thread, at a moment when no
// JavaScript runs. False where this build of the engine keeps them elsewhere than lode can tell:
// traps_terminate does nothing then.
bool traps_find(JSGlobalContextRef ctx);
// Makes an engine able to be terminated; on its own thread.
void traps_prepare(JSContextGroupRef group);
// Ends what JavaScript runs, or the next that does. From another thread; the engine must live.
void traps_terminate(JSContextGroupRef group);
// The same of the calling thread's own: at its next loop or call that is not optimised yet.
void traps_terminate_self(JSContextGroupRef group);

#endif
