// SPDX-License-Identifier: MIT
//
// Realms. The C interface keeps a context alive from JSGlobalContextCreate to JSGlobalContextRelease, as a
// root of the collector. A root would keep the program's objects that the realm refers to, and so the realm,
// for ever: it is given up at once, and the global object is kept by JavaScript like any other.
#include "runtime/engine/realm.h"
#include "runtime/engine/jsc_private.h"

js_ctx realm_new(js_ctx ctx, js_obj *global) {
  JSGlobalContextRef realm = JSGlobalContextCreateInGroup(JSContextGetGroup(ctx), NULL);
  *global = JSContextGetGlobalObject(realm);
  JSGlobalContextRelease(realm);
  return realm;
}

// A global object refers once, in one of its first words, to the object that stands for it as globalThis. The
// engine has no interface for replacing that reference. The collector neither moves objects nor needs to be
// told: what takes the place is referred to by the realm in other ways, too (modules/vm/contexts.js), and a
// word is written in one piece.
enum { WORDS_LOOKED_AT = 64 };

bool realm_replace_this(js_ctx realm, js_obj global, js_obj object) {
  _Atomic(uint64_t) *words = (_Atomic(uint64_t) *)(uintptr_t)realm;
  int found = 0;
  for (int i = 1; i < WORDS_LOOKED_AT; i++) {
    if (words[i] != js_to_bits((js_val)global)) continue;
    if (found) return false;
    found = i;
  }
  if (!found || JSObjectGetProxyTarget(global) != (js_obj)realm) return false;
  words[found] = js_to_bits((js_val)object);
  return true;
}

bool realm_drain_microtasks(js_ctx ctx) {
  if (!vm_drain_microtasks) return false;
  JSLock(ctx);
  vm_drain_microtasks((void *)(uintptr_t)JSContextGetGroup(ctx));
  JSUnlock(ctx);
  return true;
}
