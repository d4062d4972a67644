// SPDX-License-Identifier: MIT
//
// The engine: everything about JavaScriptCore that the rest of lode may see. No other folder includes
// <JavaScriptCore/...>.
//
// Ownership, in four sentences. A js_val in a C local or argument is safe, because the collector scans the
// stack; a js_val stored in heap memory is not: keep a js_ref there. Functions named _new or _take hand
// ownership to the caller (or take it from the caller); _borrow returns something that lives only as long as
// its source. Text and bytes passed in are copied unless the name says _take. Nothing here may be called from
// a thread other than the engine's own, except the finalizer of a js_native, which runs on any thread and may
// not touch the engine.
//
// Locking: a C function called from JavaScript may call any of these. It has the engine's lock already, but
// not with every library (functions.c): one that makes several calls in a row brackets them with
// js_lock/js_unlock, so that each does not take the lock for itself. C code called by the loop enters through
// env_enter/env_leave (runtime/env/env.h) instead.
#ifndef LODE_ENGINE_H
#define LODE_ENGINE_H

#include <JavaScriptCore/JavaScript.h>
#include "base/base.h"

typedef JSContextRef js_ctx;
typedef JSValueRef js_val;
typedef JSObjectRef js_obj;

// ---- C functions callable from JavaScript ----

// Defines one: JS_FN(fs_open) { ... return js_int(fd); }. Its name is a js_native_fn, for tables and
// js_function. There are ctx, argc, argv and exc; to throw: `return js_throw(exc, error)`.
#define JS_FN(name) JS_FN_(static, name)
// The same for a function that other files use too, which is declared to them by JS_FN_EXTERN(name);
#define JS_FN_SHARED(name)                                                                                   \
  JS_FN_EXTERN(name);                                                                                        \
  JS_FN_(, name)
#define JS_FN_EXTERN(name) extern const struct js_entry_points name[1]

typedef js_val js_body_fn(js_ctx ctx, size_t argc, const js_val argv[], js_val *exc);
// The engine knows two ways to call C, and a function has an entry for each (functions.c).
typedef struct js_entry_points {
  js_val (*host)(js_ctx ctx, const js_val frame[]);
  js_val (*callback)(js_ctx ctx, js_obj callee, js_obj self, size_t argc, const js_val argv[], js_val *exc);
} js_entry_points;
typedef const js_entry_points *js_native_fn;

#define JS_FN_(linkage, name)                                                                                \
  static js_body_fn name##_body;                                                                             \
  static js_val name##_host(js_ctx ctx, const js_val frame[]) { return js_host(ctx, frame, name##_body); }   \
  static js_val name##_callback(js_ctx ctx, LODE_UNUSED js_obj callee, LODE_UNUSED js_obj self, size_t argc, \
                                const js_val argv[], js_val *exc) {                                          \
    return name##_body(ctx, argc, argv, exc);                                                                \
  }                                                                                                          \
  linkage const js_entry_points name[1] = {{name##_host, name##_callback}};                                  \
  static js_val name##_body(LODE_UNUSED js_ctx ctx, LODE_UNUSED size_t argc,                                 \
                            LODE_UNUSED const js_val argv[], LODE_UNUSED js_val *exc)

// ---- Immediate values: built and read inline, without the engine (encoding verified at start-up) ----

#define JS_BITS_INT 0xfffe000000000000ull
#define JS_BITS_DOUBLE_OFFSET 0x0002000000000000ull

static inline js_val js_bits(uint64_t bits) { return (js_val)(uintptr_t)bits; }
static inline uint64_t js_to_bits(js_val v) { return (uint64_t)(uintptr_t)v; }
static inline js_val js_undefined(void) { return js_bits(0x0a); }

// A call as the engine's own functions get it: the frame's words, of which the fifth has the count of `this`
// and the arguments in its lower half, and which these end.
enum { JS_FRAME_COUNT = 4, JS_FRAME_ARGUMENTS = 6 };
js_val js_host_throw(js_ctx ctx, js_val error);
static inline js_val js_host(js_ctx ctx, const js_val frame[], js_body_fn *body) {
  js_val error = NULL;
  size_t argc = (uint32_t)js_to_bits(frame[JS_FRAME_COUNT]) - 1;
  js_val result = body(ctx, argc, frame + JS_FRAME_ARGUMENTS, &error);
  if (LODE_UNLIKELY(error != NULL)) return js_host_throw(ctx, error);
  return LODE_LIKELY(result != NULL) ? result : js_undefined();
}

static inline js_val js_null(void) { return js_bits(0x02); }
static inline js_val js_bool(bool b) { return js_bits(b ? 0x07 : 0x06); }
static inline js_val js_int(int32_t i) { return js_bits(JS_BITS_INT | (uint32_t)i); }
static inline bool js_is_undefined(js_val v) { return js_to_bits(v) == 0x0a; }
static inline bool js_is_null(js_val v) { return js_to_bits(v) == 0x02; }
static inline bool js_is_nullish(js_val v) { return (js_to_bits(v) & ~8ull) == 0x02; }
static inline bool js_is_true(js_val v) { return js_to_bits(v) == 0x07; } // exactly `true`
static inline bool js_is_int(js_val v) { return (js_to_bits(v) & JS_BITS_INT) == JS_BITS_INT; }
static inline bool js_is_number(js_val v) { return (js_to_bits(v) & JS_BITS_INT) != 0; }
static inline bool js_is_cell(js_val v) { return !(js_to_bits(v) & (JS_BITS_INT | 2ull)) && v != NULL; }

static inline js_val js_num(double d) {
  int32_t i = (d >= -2147483648.0 && d <= 2147483647.0) ? (int32_t)d : 0;
  if ((double)i == d && (i || !__builtin_signbit(d))) return js_int(i);
  uint64_t bits;
  if (d != d) d = __builtin_nan("");
  memcpy(&bits, &d, 8);
  return js_bits(bits + JS_BITS_DOUBLE_OFFSET);
}

// The number in v, or `otherwise` where v is no number. No conversion, no side effects.
static inline double js_to_num(js_val v, double otherwise) {
  if (js_is_int(v)) return (int32_t)js_to_bits(v);
  if (!js_is_number(v)) return otherwise;
  uint64_t bits = js_to_bits(v) - JS_BITS_DOUBLE_OFFSET;
  double d;
  memcpy(&d, &bits, 8);
  return d;
}
static inline int32_t js_to_int(js_val v, int32_t otherwise) {
  if (js_is_int(v)) return (int32_t)js_to_bits(v);
  double d = js_to_num(v, otherwise);
  return d >= -2147483648.0 && d <= 2147483647.0 ? (int32_t)d : otherwise;
}
static inline int64_t js_to_int64(js_val v, int64_t otherwise) { // also takes BigInt: see js_bigint_to_int64
  if (js_is_int(v)) return (int32_t)js_to_bits(v);
  double d = js_to_num(v, (double)otherwise);
  return d >= -9223372036854775808.0 && d < 9223372036854775808.0 ? (int64_t)d : otherwise;
}
// Argument i, or undefined past the end.
#define JS_ARG(i) ((size_t)(i) < argc ? argv[i] : js_undefined())

bool js_is_string(js_ctx ctx, js_val v);
bool js_is_object(js_ctx ctx, js_val v);
bool js_is_function(js_ctx ctx, js_val v);
bool js_truthy(js_ctx ctx, js_val v);
int64_t js_bigint_to_int64(js_ctx ctx, js_val v, int64_t otherwise); // number or BigInt, wraps to 64 bits
js_val js_biguint(js_ctx ctx, uint64_t value);

// ---- Strings ----

// Bytes are UTF-8; invalid sequences become U+FFFD. ASCII is fastest.
js_val js_str(js_ctx ctx, const char *utf8);
js_val js_str_utf8(js_ctx ctx, const char *bytes, size_t length);
js_val js_str_latin1(js_ctx ctx, const char *bytes, size_t length); // each byte one code unit
js_val js_str_ascii(js_ctx ctx, const char *bytes, size_t length);  // caller knows all bytes are 1..127
js_val js_str_utf16(js_ctx ctx, const uint16_t *units, size_t length);

// A JavaScript value's text as UTF-8, NUL-terminated at .data[.length]; inner NULs are kept. Lone surrogates
// become U+FFFD. Short texts live in the struct: never copy it by value.
typedef struct js_text {
  char *data;
  size_t length; // bytes
  char inline_[240];
} js_text;
// Converts v with ToString; false (with *exc set when given) where that threw; .data is then NULL.
// js_text_drop is needed in both cases only when it returned true.
bool js_text_take(js_ctx ctx, js_val v, js_text *out, js_val *exc);
void js_text_drop(js_text *text);
char *js_strdup(js_ctx ctx, js_val v); // NULL where ToString threw; caller frees
// UTF-16 view of a string. *owner keeps it alive until JSStringRelease-like js_utf16_drop.
typedef struct js_utf16 {
  const uint16_t *data;
  size_t length; // code units
  void *owner;
} js_utf16;
bool js_utf16_take(js_ctx ctx, js_val v, js_utf16 *out, js_val *exc);
void js_utf16_drop(js_utf16 *text);

// The code units of a string where they lie; false for what is no string. Nothing may run JavaScript until
// js_units_drop.
typedef struct js_units {
  const void *data;
  size_t length; // in units
  bool wide;     // of 16 bits; else of 8, Latin-1
  void *owner;
} js_units;
bool js_units_borrow(js_ctx ctx, js_val v, js_units *out);
void js_units_drop(js_units *units);
// Into `out`, which has room for 3 bytes a unit where they are wide, else 2; lone surrogates become U+FFFD.
size_t js_units_to_utf8(const js_units *units, char *out);
void js_units_to_latin1(const js_units *units, char *out); // the low byte of each

// ---- Objects, arrays, functions ----

js_obj js_object(js_ctx ctx);
js_obj js_array(js_ctx ctx, size_t count, const js_val values[]);
js_val js_get(js_ctx ctx, js_obj object, const char *name);
js_val js_get_index(js_ctx ctx, js_obj object, unsigned index);
void js_set(js_ctx ctx, js_obj object, const char *name, js_val value);
void js_set_index(js_ctx ctx, js_obj object, unsigned index, js_val value);
uint32_t js_length(js_ctx ctx, js_obj array);
js_obj js_as_object(js_val v); // a cast: v must be an object
js_obj js_global(js_ctx ctx);
js_obj js_function(js_ctx ctx, const char *name, js_native_fn fn);

typedef struct js_fn_spec {
  const char *name;
  js_native_fn fn;
} js_fn_spec;
typedef struct js_num_spec {
  const char *name;
  double value;
} js_num_spec;
void js_define_functions(js_ctx ctx, js_obj target, const js_fn_spec *specs, size_t count);
void js_define_numbers(js_ctx ctx, js_obj target, const js_num_spec *specs, size_t count);

// Calls fn inside the current entry (use from C called by JavaScript). NULL, and *exc set, where it threw.
js_val js_call(js_ctx ctx, js_obj fn, js_val self, size_t argc, const js_val argv[], js_val *exc);

// ---- Bytes ----

// Borrows the bytes of an ArrayBuffer, SharedArrayBuffer, typed array or DataView; false for anything else
// or when detached. Valid until control returns to JavaScript. js_bytes_pin: valid while the object lives.
bool js_bytes(js_ctx ctx, js_val v, uint8_t **data, size_t *length);
// Makes an ArrayBuffer that owns `data` (from malloc; freed when collected).
js_obj js_arraybuffer_take(js_ctx ctx, void *data, size_t length);
// Makes an ArrayBuffer over bytes of somebody else's; `release(data, hint)` runs on any thread at the end.
js_obj js_arraybuffer_external(js_ctx ctx, void *data, size_t length, void (*release)(void *, void *),
                               void *hint);
js_obj js_uint8array_take(js_ctx ctx, void *data, size_t length); // plain Uint8Array over a new ArrayBuffer
js_obj js_uint8array_copy(js_ctx ctx, const void *data, size_t length);
js_obj js_int32array_over(js_ctx ctx, js_obj arraybuffer); // views on a whole ArrayBuffer
js_obj js_float64array_over(js_ctx ctx, js_obj arraybuffer);

// ---- References from C heap memory ----

typedef struct js_ref {
  js_val value; // NULL when empty
} js_ref;
js_ref js_ref_take(js_ctx ctx, js_val v);  // keeps v alive until dropped
void js_ref_drop(js_ctx ctx, js_ref *ref); // safe on an empty ref

// ---- Native objects: a JavaScript object that carries a C pointer ----

// Types are static constants; their address is the identity. `finalize` may be NULL; it runs on any thread
// after the object was collected, must not touch the engine, and is skipped when the pointer was cleared.
typedef struct js_native_type {
  const char *name;
  void (*finalize)(void *pointer);
} js_native_type;
js_obj js_native_new(js_ctx ctx, const js_native_type *type, void *pointer);
void *js_native_get(js_val v, const js_native_type *type); // NULL: another type, or cleared
void js_native_clear(js_val v);                            // detaches the pointer (no finalizer will run)
void js_report_memory(js_ctx ctx, size_t bytes);           // tells the collector of C memory held by objects

// ---- Errors ----

js_val js_throw(js_val *exc, js_val error); // returns undefined
js_val js_error_code(js_ctx ctx, const char *type, const char *code,
                     const char *message); // type: "TypeError"...
js_val js_throw_error(js_ctx ctx, js_val *exc, const char *type, const char *code, const char *format, ...)
    LODE_PRINTF(5, 6);

// ---- Locking, promises, memory ----

void js_lock(js_ctx ctx);
void js_unlock(js_ctx ctx);
enum { JS_PROMISE_PENDING, JS_PROMISE_FULFILLED, JS_PROMISE_REJECTED, JS_PROMISE_UNKNOWN };
int js_promise_state(js_val promise, js_val *result, bool *handled); // no side effects; result may be NULL

#endif
