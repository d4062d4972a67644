// SPDX-License-Identifier: MIT
//
// Values: type tests, BigInt, strings in and out.
#include "runtime/engine/jsc_private.h"
#include "base/utf.h"

#include <stdlib.h>

bool js_is_object(js_ctx ctx, js_val v) { return js_is_cell(v) && JSValueIsObject(ctx, v); }
bool js_is_function(js_ctx ctx, js_val v) {
  return js_is_object(ctx, v) && JSObjectIsFunction(ctx, js_as_object(v));
}
bool js_truthy(js_ctx ctx, js_val v) {
  if (!js_is_cell(v) && !js_is_number(v)) return js_is_true(v);
  return JSValueToBoolean(ctx, v);
}

int64_t js_bigint_to_int64(js_ctx ctx, js_val v, int64_t otherwise) {
  if (js_is_number(v)) return js_to_int64(v, otherwise);
  if (!js_is_cell(v) || !JSValueIsBigInt(ctx, v)) return otherwise;
  return JSValueToInt64(ctx, v, NULL);
}
js_val js_biguint(js_ctx ctx, uint64_t value) { return JSBigIntCreateWithUInt64(ctx, value, NULL); }

// ---- In ----

static js_val value_of_string(js_ctx ctx, JSStringRef string) {
  js_val value = JSValueMakeString(ctx, string);
  JSStringRelease(string);
  return value;
}

js_val js_str(js_ctx ctx, const char *utf8) { return js_str_utf8(ctx, utf8, strlen(utf8)); }

static js_val shared_value(js_ctx ctx, void *string) {
  js_lock(ctx);
  js_val value = jsc_string_value(JSContextGetGroup(ctx), string);
  js_unlock(ctx);
  // Its first word counts references in twos: the value's and ours, which goes. Should it look otherwise, the
  // memory stays.
  uint32_t both = 4;
  __atomic_compare_exchange_n((uint32_t *)string, &both, 2, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  return value;
}

// An 8-bit string from bytes that are its code units, in one copy; NULL where the library lacks the
// functions.
static js_val value_of_bytes(js_ctx ctx, const char *bytes, size_t length) {
#if defined(__x86_64__) // the calling convention that passes such results through the first argument
  if (wtf_string_create && wtf_js_string_create && length < 0x7fffffff) {
    void *string = NULL;
    wtf_string_create(&string, bytes, length);
    if (LODE_LIKELY(jsc_string_value && length > 1))
      return shared_value(ctx, string); // the engine has all shorter ones
    JSStringRef result = NULL;
    wtf_js_string_create(&result, &string);
    if (result) return value_of_string(ctx, result);
  }
#endif
  return NULL;
}

js_val js_str_ascii(js_ctx ctx, const char *bytes, size_t length) {
  js_val direct = value_of_bytes(ctx, bytes, length);
  if (LODE_LIKELY(direct != NULL)) return direct;
  char small[1024];
  char *copy = length < sizeof small ? small : lode_alloc(length + 1);
  memcpy(copy, bytes, length);
  copy[length] = 0;
  JSStringRef string = JSStringCreateWithUTF8CString(copy);
  if (copy != small) free(copy);
  return value_of_string(ctx, string);
}

js_val js_str_utf16(js_ctx ctx, const uint16_t *units, size_t length) {
  return value_of_string(ctx, JSStringCreateWithCharacters(units, length));
}

// True where every byte is 1..127, so that the engine's NUL-terminated road may be taken.
static bool plain_ascii(const char *bytes, size_t length) {
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    uint64_t word;
    memcpy(&word, bytes + i, 8);
    uint64_t zero = (word - 0x0101010101010101ull) & ~word & 0x8080808080808080ull;
    if ((word & 0x8080808080808080ull) | zero) return false;
  }
  for (; i < length; i++)
    if (bytes[i] <= 0) return false;
  return true;
}

js_val js_str_latin1(js_ctx ctx, const char *bytes, size_t length) {
  js_val direct = value_of_bytes(ctx, bytes, length);
  if (LODE_LIKELY(direct != NULL)) return direct;
  if (plain_ascii(bytes, length)) return js_str_ascii(ctx, bytes, length);
  uint16_t small[512];
  small[0] = 0;
  uint16_t *units = length <= LODE_COUNT(small) ? small : lode_alloc(length * 2);
  for (size_t i = 0; i < length; i++) units[i] = (uint8_t)bytes[i];
  js_val value = js_str_utf16(ctx, units, length);
  if (units != small) free(units);
  return value;
}

js_val js_str_utf8(js_ctx ctx, const char *bytes, size_t length) {
  if (plain_ascii(bytes, length)) return js_str_ascii(ctx, bytes, length);
  uint16_t small[512];
  small[0] = 0;
  uint16_t *units = length <= LODE_COUNT(small) ? small : lode_alloc(length * 2);
  js_val value = js_str_utf16(ctx, units, utf8_to_utf16(bytes, length, units));
  if (units != small) free(units);
  return value;
}

// ---- Out ----

static void reserve(js_text *out, size_t capacity) {
  out->data = capacity <= sizeof out->inline_ ? out->inline_ : lode_alloc(capacity);
}

size_t js_units_to_utf8(const js_units *units, char *out) {
  return units->wide ? utf16_to_utf8(units->data, units->length, out)
                     : latin1_to_utf8(units->data, units->length, out);
}

void js_units_to_latin1(const js_units *units, char *out) {
  const uint16_t *wide = units->data;
  if (!units->wide)
    memcpy(out, units->data, units->length);
  else
    for (size_t i = 0; i < units->length; i++) out[i] = (char)wide[i];
}

static void text_of_units(const js_units *units, js_text *out) {
  reserve(out, units->length * (units->wide ? 3 : 2) + 1);
  out->length = js_units_to_utf8(units, out->data);
  out->data[out->length] = 0;
}

bool js_text_take(js_ctx ctx, js_val v, js_text *out, js_val *exc) {
  out->data = NULL;
  out->length = 0;
  js_units units;
  if (LODE_LIKELY(js_units_borrow(ctx, v, &units))) {
    text_of_units(&units, out);
    js_units_drop(&units);
    return true;
  }
  js_val error = NULL;
  JSStringRef string = JSValueToStringCopy(ctx, v, &error);
  if (!string) {
    if (exc) *exc = error;
    return false;
  }
  units = (js_units){JSStringGetCharactersPtr(string), JSStringGetLength(string), true, string};
  text_of_units(&units, out);
  js_units_drop(&units);
  return true;
}

void js_text_drop(js_text *text) {
  if (text->data != text->inline_) free(text->data);
  text->data = NULL;
}

char *js_strdup(js_ctx ctx, js_val v) {
  js_text text;
  if (!js_text_take(ctx, v, &text, NULL)) return NULL;
  char *copy = lode_strndup(text.data, text.length);
  js_text_drop(&text);
  return copy;
}

bool js_utf16_take(js_ctx ctx, js_val v, js_utf16 *out, js_val *exc) {
  js_val error = NULL;
  JSStringRef string = JSValueToStringCopy(ctx, v, &error);
  if (!string) {
    if (exc) *exc = error;
    return false;
  }
  out->data = JSStringGetCharactersPtr(string);
  out->length = JSStringGetLength(string);
  out->owner = string;
  return true;
}

void js_utf16_drop(js_utf16 *text) { JSStringRelease(text->owner); }
