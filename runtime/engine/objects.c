// SPDX-License-Identifier: MIT
//
// Objects, arrays, functions, and objects that carry a C pointer.
#include "runtime/engine/jsc_private.h"

#include <stdlib.h>

js_obj js_as_object(js_val v) { return (js_obj)v; }
js_obj js_object(js_ctx ctx) { return JSObjectMake(ctx, NULL, NULL); }
js_obj js_array(js_ctx ctx, size_t count, const js_val values[]) {
  return JSObjectMakeArray(ctx, count, values, NULL);
}
js_obj js_global(js_ctx ctx) { return JSContextGetGlobalObject(ctx); }

js_val js_get(js_ctx ctx, js_obj object, const char *name) {
  JSStringRef key = JSStringCreateWithUTF8CString(name);
  js_val value = JSObjectGetProperty(ctx, object, key, NULL);
  JSStringRelease(key);
  return value ? value : js_undefined();
}

void js_set(js_ctx ctx, js_obj object, const char *name, js_val value) {
  JSStringRef key = JSStringCreateWithUTF8CString(name);
  JSObjectSetProperty(ctx, object, key, value, kJSPropertyAttributeNone, NULL);
  JSStringRelease(key);
}

js_val js_get_index(js_ctx ctx, js_obj object, unsigned index) {
  js_val value = JSObjectGetPropertyAtIndex(ctx, object, index, NULL);
  return value ? value : js_undefined();
}

void js_set_index(js_ctx ctx, js_obj object, unsigned index, js_val value) {
  JSObjectSetPropertyAtIndex(ctx, object, index, value, NULL);
}

uint32_t js_length(js_ctx ctx, js_obj array) {
  double length = js_to_num(js_get(ctx, array, "length"), 0);
  return length > 0 && length <= 4294967295.0 ? (uint32_t)length : 0;
}

void js_define_numbers(js_ctx ctx, js_obj target, const js_num_spec *specs, size_t count) {
  for (size_t i = 0; i < count; i++) js_set(ctx, target, specs[i].name, js_num(specs[i].value));
}

js_val js_call(js_ctx ctx, js_obj fn, js_val self, size_t argc, const js_val argv[], js_val *exc) {
  js_obj this_object = self && js_is_object(ctx, self) ? js_as_object(self) : NULL;
  return JSObjectCallAsFunction(ctx, fn, this_object, argc, argv, exc);
}

// ---- References ----

js_ref js_ref_take(js_ctx ctx, js_val v) {
  if (v && js_is_cell(v)) JSValueProtect(ctx, v);
  return (js_ref){v};
}

void js_ref_drop(js_ctx ctx, js_ref *ref) {
  if (ref->value && js_is_cell(ref->value)) JSValueUnprotect(ctx, ref->value);
  ref->value = NULL;
}

// ---- Native objects ----

// What the engine's private slot points to. Freed with the object; `pointer` is NULL once cleared.
struct native_box {
  const js_native_type *type;
  void *pointer;
};

static void native_finalize(JSObjectRef object) {
  struct native_box *box = JSObjectGetPrivate(object);
  if (!box) return;
  if (box->pointer && box->type->finalize) box->type->finalize(box->pointer);
  free(box);
}

// One class serves every native type in every engine of the process; made once and never released.
static JSClassRef native_class(void) {
  static JSClassRef shared;
  JSClassRef known = __atomic_load_n(&shared, __ATOMIC_ACQUIRE);
  if (known) return known;
  JSClassDefinition definition = kJSClassDefinitionEmpty;
  definition.className = "NativeHandle";
  definition.attributes = kJSClassAttributeNoAutomaticPrototype;
  definition.finalize = native_finalize;
  JSClassRef made = JSClassCreate(&definition);
  JSClassRef expected = NULL;
  if (__atomic_compare_exchange_n(&shared, &expected, made, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    return made;
  JSClassRelease(made);
  return expected;
}

js_obj js_native_new(js_ctx ctx, const js_native_type *type, void *pointer) {
  struct native_box *box = lode_alloc(sizeof *box);
  *box = (struct native_box){type, pointer};
  return JSObjectMake(ctx, native_class(), box);
}

static struct native_box *box_of(js_val v) {
  return js_is_cell(v) ? JSObjectGetPrivate(js_as_object(v)) : NULL;
}

void *js_native_get(js_val v, const js_native_type *type) {
  struct native_box *box = box_of(v);
  return box && box->type == type ? box->pointer : NULL;
}

void js_native_clear(js_val v) {
  struct native_box *box = box_of(v);
  if (box) box->pointer = NULL;
}

void js_report_memory(js_ctx ctx, size_t bytes) { JSReportExtraMemoryCost(ctx, bytes); }
