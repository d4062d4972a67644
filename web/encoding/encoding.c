// SPDX-License-Identifier: MIT
//
// The C half of TextEncoder and TextDecoder: UTF-8 and UTF-16 at once on lode's own codec, tables of
// single-byte encodings and the multi-byte legacy encodings on ICU's converters. Idea: everything that
// streams keeps its few pending bytes on the JavaScript side, except ICU's converters, which are native
// objects. Engine thread only.
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include "modules/buffer/codec.h"
#include "runtime/env/env.h"

enum { FLAG_FATAL = 1, FLAG_SKIP_BOM = 2 };

// decodeUtf8(bytes, flags): the text, or undefined where it is ill-formed and flags ask for FATAL.
JS_FN(decode_utf8) {
  uint8_t *bytes = NULL;
  size_t length = 0;
  if (!js_bytes(ctx, JS_ARG(0), &bytes, &length)) return js_str(ctx, "");
  int flags = js_to_int(JS_ARG(1), 0);
  if ((flags & FLAG_FATAL) && !codec_is_utf8(bytes, length)) return js_undefined();
  if ((flags & FLAG_SKIP_BOM) && length >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf) {
    bytes += 3, length -= 3;
  }
  return js_str_utf8(ctx, (const char *)bytes, length);
}

static int sequence_length(uint8_t lead) {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if ((lead & 0xf0) == 0xe0) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

// Whether the second byte can follow its lead (overlong forms, surrogates and too large ones cannot).
static bool second_fits(uint8_t lead, uint8_t second) {
  if (lead == 0xe0) return second >= 0xa0 && second <= 0xbf;
  if (lead == 0xed) return second >= 0x80 && second <= 0x9f;
  if (lead == 0xf0) return second >= 0x90 && second <= 0xbf;
  if (lead == 0xf4) return second >= 0x80 && second <= 0x8f;
  return second >= 0x80 && second <= 0xbf;
}

// utf8Tail(bytes): how many bytes at the end are the start of a character that more bytes could complete.
JS_FN(utf8_tail) {
  uint8_t *bytes = NULL;
  size_t length = 0;
  if (!js_bytes(ctx, JS_ARG(0), &bytes, &length)) return js_int(0);
  for (int back = 1; back <= 3 && (size_t)back <= length; back++) {
    uint8_t lead = bytes[length - (size_t)back];
    if ((lead & 0xc0) == 0x80) continue;
    if (sequence_length(lead) <= back) return js_int(0);
    if (back >= 2 && !second_fits(lead, bytes[length - (size_t)back + 1])) return js_int(0);
    return js_int(back);
  }
  return js_int(0);
}

// decodeUtf16(bytes, flags, bigEndian): lone surrogates are ill-formed. The number of bytes is even.
JS_FN(decode_utf16) {
  uint8_t *bytes = NULL;
  size_t length = 0;
  if (!js_bytes(ctx, JS_ARG(0), &bytes, &length)) return js_str(ctx, "");
  int flags = js_to_int(JS_ARG(1), 0);
  size_t count = length / 2, high = js_is_true(JS_ARG(2)) ? 0 : 1;
  uint16_t *units = lode_alloc(length + 2);
  bool well_formed = true;
  for (size_t i = 0; i < count; i++)
    units[i] = (uint16_t)(bytes[i * 2 + high] << 8 | bytes[i * 2 + 1 - high]);
  for (size_t i = 0; i < count; i++) {
    if ((units[i] & 0xf800) != 0xd800) continue;
    if (units[i] < 0xdc00 && i + 1 < count && (units[i + 1] & 0xfc00) == 0xdc00) {
      i++;
    } else {
      units[i] = 0xfffd;
      well_formed = false;
    }
  }
  size_t skip = (flags & FLAG_SKIP_BOM) && count > 0 && units[0] == 0xfeff ? 1 : 0;
  js_val value =
      (flags & FLAG_FATAL) && !well_formed ? js_undefined() : js_str_utf16(ctx, units + skip, count - skip);
  free(units);
  return value;
}

// ---- Single-byte encodings ----

// singleByteTable(icuName): 128 code units for the bytes 128 to 255 as bytes of a Uint8Array, or undefined.
JS_FN(single_byte_table) {
  char *name = js_strdup(ctx, JS_ARG(0));
  if (!name) return js_undefined();
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  free(name);
  if (U_FAILURE(status)) return js_undefined();
  uint16_t table[128];
  for (int byte = 128; byte < 256; byte++) {
    char in = (char)byte;
    const char *source = &in;
    UChar out[8], *target = out;
    status = U_ZERO_ERROR;
    ucnv_reset(converter);
    ucnv_toUnicode(converter, &target, out + 8, &source, &in + 1, NULL, true, &status);
    table[byte - 128] = U_SUCCESS(status) && target == out + 1 ? out[0] : 0xfffd;
  }
  ucnv_close(converter);
  return js_uint8array_copy(ctx, table, sizeof table);
}

// decodeSingle(bytes, table, flags)
JS_FN(decode_single) {
  uint8_t *bytes = NULL, *table_bytes = NULL;
  size_t length = 0, table_length = 0;
  if (!js_bytes(ctx, JS_ARG(0), &bytes, &length)) return js_str(ctx, "");
  if (!js_bytes(ctx, JS_ARG(1), &table_bytes, &table_length) || table_length != 256) return js_undefined();
  uint16_t table[128];
  memcpy(table, table_bytes, sizeof table);
  uint16_t *units = lode_alloc(length * 2 + 2);
  bool known = true;
  for (size_t i = 0; i < length; i++) {
    units[i] = bytes[i] < 128 ? bytes[i] : table[bytes[i] - 128];
    known = known && units[i] != 0xfffd;
  }
  js_val value =
      !known && (js_to_int(JS_ARG(2), 0) & FLAG_FATAL) ? js_undefined() : js_str_utf16(ctx, units, length);
  free(units);
  return value;
}

// ---- Multi-byte encodings ----

static void converter_free(void *pointer) { ucnv_close(pointer); }
static const js_native_type converter_type = {"encoding converter", converter_free};

// openConverter(icuName, fatal): a native object, or undefined where ICU lacks the encoding.
JS_FN(open_converter) {
  char *name = js_strdup(ctx, JS_ARG(0));
  if (!name) return js_undefined();
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  free(name);
  if (U_FAILURE(status)) return js_undefined();
  if (js_is_true(JS_ARG(1))) {
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    if (U_FAILURE(status)) {
      ucnv_close(converter);
      return js_undefined();
    }
  }
  return js_native_new(ctx, &converter_type, converter);
}

// convert(converter, bytes, flush): the text, or undefined for ill-formed input of a fatal converter.
JS_FN(convert) {
  UConverter *converter = js_native_get(JS_ARG(0), &converter_type);
  uint8_t *bytes = NULL;
  size_t length = 0;
  if (!converter || !js_bytes(ctx, JS_ARG(1), &bytes, &length)) return js_str(ctx, "");
  bool flush = js_is_true(JS_ARG(2));
  // A byte gives at most two units, plus what the converter held back.
  size_t room = length * 2 + 64;
  UChar *units = lode_alloc(room * sizeof *units), *target = units;
  const char *source = (const char *)bytes;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_toUnicode(converter, &target, units + room, &source, (const char *)bytes + length, NULL, flush,
                 &status);
  js_val value = js_undefined();
  if (U_SUCCESS(status))
    value = js_str_utf16(ctx, (const uint16_t *)units, (size_t)(target - units));
  else
    ucnv_reset(converter);
  if (flush) ucnv_reset(converter);
  free(units);
  return value;
}

// encodeUtf8(string): Uint8Array
JS_FN(encode_utf8) {
  js_utf16 text;
  if (!js_utf16_take(ctx, JS_ARG(0), &text, exc)) return js_undefined();
  size_t length = codec_utf8_length(text.data, text.length);
  uint8_t *bytes = lode_alloc(length + 1);
  codec_utf8_encode(text.data, text.length, bytes, length);
  js_utf16_drop(&text);
  return js_uint8array_take(ctx, bytes, length);
}

static const js_fn_spec functions[] = {
    {"decodeUtf8", decode_utf8},
    {"utf8Tail", utf8_tail},
    {"decodeUtf16", decode_utf16},
    {"singleByteTable", single_byte_table},
    {"decodeSingle", decode_single},
    {"openConverter", open_converter},
    {"convert", convert},
    {"encodeUtf8", encode_utf8},
};

static void encoding_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, sizeof functions / sizeof *functions);
}

LODE_BINDING(encoding, 1, encoding_init, NULL);
