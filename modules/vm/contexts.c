// SPDX-License-Identifier: MIT
//
// The C half of node:vm's contexts: realms, and evaluating in them. What a context is beyond a realm is told
// in contexts.js. A realm is known to JavaScript as a native object, which keeps the realm's global object
// alive.
#include "runtime/engine/realm.h"
#include "runtime/engine/vm.h"
#include "runtime/engine/weak.h"
#include "runtime/env/env.h"

static const js_native_type realm_type = {"Realm", NULL};

static js_ctx realm_of(js_val v) {
  js_ctx realm = js_native_get(v, &realm_type);
  CHECK(realm);
  return realm;
}

// (onUnhandledRejection) => [realm, global]
JS_FN(create) {
  js_lock(ctx);
  js_obj global;
  js_ctx realm = realm_new(ctx, &global);
  engine_on_unhandled_rejection(realm, js_as_object(JS_ARG(0)));
  js_obj native = js_native_new(ctx, &realm_type, (void *)(uintptr_t)realm);
  js_set(ctx, native, "global", (js_val)global);
  js_val parts[] = {(js_val)native, (js_val)global};
  js_val result = (js_val)js_array(ctx, LODE_COUNT(parts), parts);
  js_unlock(ctx);
  return result;
}

// (realm or undefined, source, url, firstLine) => completion value
JS_FN(evaluate_in) {
  js_val error = NULL;
  js_ctx where = js_is_undefined(JS_ARG(0)) ? env_ctx(env_current()) : realm_of(JS_ARG(0));
  js_val result = engine_eval(where, JS_ARG(1), JS_ARG(2), js_to_int(JS_ARG(3), 1), &error);
  if (error) return js_throw(exc, error);
  return result;
}

// (realm, global, object) => whether `object` is the realm's globalThis now
JS_FN(replace_this) {
  return js_bool(realm_replace_this(realm_of(JS_ARG(0)), js_as_object(JS_ARG(1)), js_as_object(JS_ARG(2))));
}

// (realm, message): eval and the Function constructors of the realm throw from now on
JS_FN(refuse_eval_in) {
  js_text message;
  if (!js_text_take(ctx, JS_ARG(1), &message, exc)) return js_undefined();
  engine_refuse_eval(realm_of(JS_ARG(0)), message.data);
  js_text_drop(&message);
  return js_undefined();
}

JS_FN(drain_microtasks) { return js_bool(realm_drain_microtasks(ctx)); }

extern const lode_binding lode_binding_contexts;

static struct weak_list *known(void) { return binding_state(env_current(), &lode_binding_contexts); }

// (context object)
JS_FN(remember) {
  weak_list_add(ctx, known(), js_as_object(JS_ARG(0)));
  return js_undefined();
}

// () => those remembered that live
JS_FN(living) { return (js_val)weak_list_living(ctx, known()); }

static void contexts_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {{"create", create},
                                         {"lodeEvaluateIn", evaluate_in},
                                         {"replaceThis", replace_this},
                                         {"refuseEval", refuse_eval_in},
                                         {"drainMicrotasks", drain_microtasks},
                                         {"remember", remember},
                                         {"living", living}};
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

static void contexts_close(lode_env *env, void *state) { weak_list_free(env_ctx(env), state); }

LODE_BINDING(contexts, sizeof(struct weak_list), contexts_init, contexts_close);
