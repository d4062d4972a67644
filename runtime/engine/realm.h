// SPDX-License-Identifier: MIT
//
// Realms: further global objects in the virtual machine of a thread, each with built-ins of its own.
// node:vm's contexts are made of them. A realm has no owner in C: it lives as long as JavaScript refers to
// its global object or to anything that was made in it. They share one queue of microtasks with each other.
#ifndef LODE_ENGINE_REALM_H
#define LODE_ENGINE_REALM_H

#include "runtime/engine/engine.h"

// A new realm in the virtual machine of `ctx`; *global keeps it alive.
js_ctx realm_new(js_ctx ctx, js_obj *global);

// Makes `object`, an object of the realm, its globalThis and what `this` is in sloppy functions. `global` is
// what realm_new gave. False where the engine's layout is not the known one; then nothing has changed.
bool realm_replace_this(js_ctx realm, js_obj global, js_obj object);

// Runs all microtasks that are queued now, though JavaScript is running. False where the engine cannot.
bool realm_drain_microtasks(js_ctx ctx);

#endif
