// SPDX-License-Identifier: MIT
//
// Buffer's C half, text: strings to bytes and back. Idea: JavaScript validates every argument and handles
// short texts itself; these functions serve long ones, so each takes the lock once and allocates once. No
// state.
#include "modules/buffer/buffer.h"
#include "base/utf.h"
#include "runtime/env/env.h"

#include <stdlib.h>

// The view of argv[0] between two byte offsets, clamped to it.
typedef struct span {
  uint8_t *data;
  size_t length;
} span;

static size_t clamp(js_val v, size_t otherwise, size_t limit) {
  double d = js_to_num(v, (double)otherwise);
  if (!(d > 0)) return 0;
  return d >= (double)limit ? limit : (size_t)d;
}

static bool span_take(js_ctx ctx, js_val v, js_val start, js_val end, span *out) {
  if (!js_bytes(ctx, v, &out->data, &out->length)) return false;
  size_t from = clamp(start, 0, out->length), to = clamp(end, out->length, out->length);
  out->data += from;
  out->length = to > from ? to - from : 0;
  return true;
}

static js_val decode_text(js_ctx ctx, const uint8_t *bytes, size_t length, int encoding) {
  size_t room = encoding == ENC_HEX ? length * 2 : (length + 2) / 3 * 4, used = room;
  char *text = lode_alloc(room + 1);
  if (encoding == ENC_HEX)
    codec_hex_encode(bytes, length, text);
  else
    used = codec_base64_encode(bytes, length, text, encoding == ENC_BASE64URL);
  js_val value = js_str_ascii(ctx, text, used);
  free(text);
  return value;
}

static js_val decode_ascii(js_ctx ctx, const uint8_t *bytes, size_t length) {
  if (codec_is_ascii(bytes, length)) return js_str_latin1(ctx, (const char *)bytes, length);
  char *text = lode_alloc(length);
  for (size_t i = 0; i < length; i++) text[i] = (char)(bytes[i] & 0x7f);
  js_val value = js_str_latin1(ctx, text, length);
  free(text);
  return value;
}

static js_val decode_utf16(js_ctx ctx, const uint8_t *bytes, size_t length) {
  if (((uintptr_t)bytes & 1) == 0)
    return js_str_utf16(ctx, (const uint16_t *)(const void *)bytes, length / 2);
  uint16_t *units = lode_alloc(length + 2);
  memcpy(units, bytes, length / 2 * 2);
  js_val value = js_str_utf16(ctx, units, length / 2);
  free(units);
  return value;
}

js_val buffer_decode(js_ctx ctx, const uint8_t *bytes, size_t length, int encoding) {
  switch (encoding) {
  case ENC_UTF8:
    return js_str_utf8(ctx, (const char *)bytes, length);
  case ENC_UTF16LE:
    return decode_utf16(ctx, bytes, length);
  case ENC_LATIN1:
    return js_str_latin1(ctx, (const char *)bytes, length);
  case ENC_ASCII:
    return decode_ascii(ctx, bytes, length);
  default:
    return decode_text(ctx, bytes, length, encoding);
  }
}

// decode(view, encoding, start, end) -> string
JS_FN(fn_decode) {
  js_lock(ctx);
  span bytes;
  js_val value = js_undefined();
  if (span_take(ctx, JS_ARG(0), JS_ARG(2), JS_ARG(3), &bytes)) {
    value = buffer_decode(ctx, bytes.data, bytes.length, js_to_int(JS_ARG(1), ENC_UTF8));
  }
  js_unlock(ctx);
  return value;
}

// ---- Text whose characters the engine keeps as bytes: most of most programs ----

static bool narrow_take(js_ctx ctx, js_val v, int encoding, js_units *text) {
  if (encoding != ENC_UTF8 && encoding != ENC_LATIN1 && encoding != ENC_ASCII) return false;
  if (!js_units_borrow(ctx, v, text)) return false;
  if (!text->wide) return true;
  js_units_drop(text);
  return false;
}

static size_t narrow_size(const js_units *text, int encoding) {
  return encoding == ENC_UTF8 ? latin1_utf8_length(text->data, text->length) : text->length;
}

static void narrow_put(const js_units *text, size_t size, uint8_t *out) {
  if (size == text->length)
    memcpy(out, text->data, size);
  else
    latin1_to_utf8(text->data, text->length, (char *)out);
}

static js_val narrow_encode(js_ctx ctx, const js_units *text, int encoding) {
  size_t size = narrow_size(text, encoding);
  uint8_t *bytes = lode_alloc(size + 1);
  narrow_put(text, size, bytes);
  return js_arraybuffer_take(ctx, bytes, size);
}

// False where not all of it has room: characters must not be cut.
static bool narrow_write(js_ctx ctx, js_val string, int encoding, uint8_t *out, size_t room,
                         js_val *written) {
  js_units text;
  if (!narrow_take(ctx, string, encoding, &text)) return false;
  size_t size = narrow_size(&text, encoding);
  if (size <= room) narrow_put(&text, size, out);
  js_units_drop(&text);
  *written = js_num((double)size);
  return size <= room;
}

// write(view, string, encoding, offset, length) -> bytes written, whole characters only
JS_FN(fn_write) {
  js_utf16 text;
  span bytes;
  js_val written = js_int(0);
  int encoding = js_to_int(JS_ARG(2), ENC_UTF8);
  if (!span_take(ctx, JS_ARG(0), JS_ARG(3), js_undefined(), &bytes)) return written;
  size_t room = clamp(JS_ARG(4), bytes.length, bytes.length);
  if (narrow_write(ctx, JS_ARG(1), encoding, bytes.data, room, &written)) return written;
  if (!js_is_string(ctx, JS_ARG(1)) || !js_utf16_take(ctx, JS_ARG(1), &text, exc)) return js_int(0);
  written = js_num((double)codec_encode(encoding, text.data, text.length, bytes.data, room));
  js_utf16_drop(&text);
  return written;
}

// encode(string, encoding) -> ArrayBuffer of exactly the bytes
JS_FN(fn_encode) {
  js_lock(ctx);
  js_utf16 text;
  js_units narrow;
  js_val value = js_undefined();
  int encoding = js_to_int(JS_ARG(1), ENC_UTF8);
  if (narrow_take(ctx, JS_ARG(0), encoding, &narrow)) {
    value = narrow_encode(ctx, &narrow, encoding);
    js_units_drop(&narrow);
  } else if (js_utf16_take(ctx, JS_ARG(0), &text, exc)) {
    size_t room = encoding == ENC_UTF8 ? codec_utf8_length(text.data, text.length)
                                       : codec_max_bytes(encoding, text.length);
    uint8_t *bytes = lode_alloc(room + 1);
    size_t used = codec_encode(encoding, text.data, text.length, bytes, room);
    if (room - used > 64) bytes = lode_realloc(bytes, used + 1);
    value = js_arraybuffer_take(ctx, bytes, used);
    js_utf16_drop(&text);
  }
  js_unlock(ctx);
  return value;
}

// utf8Length(string) -> bytes
JS_FN(fn_utf8_length) {
  js_utf16 text;
  js_units narrow;
  if (narrow_take(ctx, JS_ARG(0), ENC_UTF8, &narrow)) {
    size_t size = narrow_size(&narrow, ENC_UTF8);
    js_units_drop(&narrow);
    return js_num((double)size);
  }
  js_lock(ctx);
  js_val value = js_undefined();
  if (js_utf16_take(ctx, JS_ARG(0), &text, exc)) {
    value = js_num((double)codec_utf8_length(text.data, text.length));
    js_utf16_drop(&text);
  }
  js_unlock(ctx);
  return value;
}

// isUtf8(view), isAscii(view)
JS_FN(fn_is_utf8) {
  js_lock(ctx);
  span bytes;
  bool yes = span_take(ctx, JS_ARG(0), js_undefined(), js_undefined(), &bytes) &&
             codec_is_utf8(bytes.data, bytes.length);
  js_unlock(ctx);
  return js_bool(yes);
}

JS_FN(fn_is_ascii) {
  js_lock(ctx);
  span bytes;
  bool yes = span_take(ctx, JS_ARG(0), js_undefined(), js_undefined(), &bytes) &&
             codec_is_ascii(bytes.data, bytes.length);
  js_unlock(ctx);
  return js_bool(yes);
}

// Code points above `limit` become '?', one for each character rather than for each unit.
static size_t narrow(const uint16_t *units, size_t count, uint16_t limit, uint8_t *out) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    bool pair = (units[i] & 0xfc00) == 0xd800 && i + 1 < count && (units[i + 1] & 0xfc00) == 0xdc00;
    out[n++] = units[i] > limit ? '?' : (uint8_t)units[i];
    i += pair;
  }
  return n;
}

static size_t widen(int encoding, bool ascii_only, const uint8_t *bytes, size_t length, uint16_t *units) {
  if (encoding == ENC_UTF8) return codec_utf8_decode(bytes, length, units);
  if (encoding == ENC_UTF16LE) {
    memcpy(units, bytes, length / 2 * 2);
    return length / 2;
  }
  for (size_t i = 0; i < length; i++) units[i] = ascii_only && bytes[i] > 127 ? 0xfffd : bytes[i];
  return length;
}

static bool has_lone_surrogate(const uint16_t *units, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if ((units[i] & 0xf800) != 0xd800) continue;
    bool pair = units[i] < 0xdc00 && i + 1 < count && (units[i + 1] & 0xfc00) == 0xdc00;
    if (!pair) return true;
    i++;
  }
  return false;
}

// Between the two Unicode encodings nothing is substituted: ill-formed text is an error.
static bool is_ill_formed(int from, int to, const span *bytes, const uint16_t *units, size_t count) {
  if (from == ENC_UTF8 && to == ENC_UTF16LE) return !codec_is_utf8(bytes->data, bytes->length);
  return from == ENC_UTF16LE && to == ENC_UTF8 && has_lone_surrogate(units, count);
}

// transcode(view, from, to) -> ArrayBuffer, or null for ill-formed text; both among UTF-8, UTF-16LE, Latin-1,
// ASCII
JS_FN(fn_transcode) {
  js_lock(ctx);
  span bytes;
  js_val value = js_undefined();
  if (span_take(ctx, JS_ARG(0), js_undefined(), js_undefined(), &bytes)) {
    int from = js_to_int(JS_ARG(1), ENC_UTF8), to = js_to_int(JS_ARG(2), ENC_UTF8);
    uint16_t *units = lode_alloc(bytes.length * 2 + 2);
    size_t count = widen(from, from == ENC_ASCII && to != ENC_UTF16LE, bytes.data, bytes.length, units);
    if (is_ill_formed(from, to, &bytes, units, count)) {
      free(units);
      js_unlock(ctx);
      return js_null();
    }
    size_t room = codec_max_bytes(to, count), used;
    uint8_t *out = lode_alloc(room + 1);
    if (to == ENC_LATIN1 || to == ENC_ASCII)
      used = narrow(units, count, to == ENC_ASCII ? 0x7f : 0xff, out);
    else
      used = codec_encode(to, units, count, out, room);
    free(units);
    value = js_arraybuffer_take(ctx, lode_realloc(out, used + 1), used);
  }
  js_unlock(ctx);
  return value;
}

static const js_fn_spec functions[] = {
    {"decode", fn_decode},          {"write", fn_write},    {"encode", fn_encode},
    {"utf8Length", fn_utf8_length}, {"isUtf8", fn_is_utf8}, {"isAscii", fn_is_ascii},
    {"transcode", fn_transcode},
};

static void buffer_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_define_functions(ctx, target, buffer_search_functions, buffer_search_count);
}

LODE_BINDING(buffer, 0, buffer_init, NULL);
