// SPDX-License-Identifier: MIT
//
// Looking at a string's code units where they lie. The engine's C interface copies a string of bytes into one
// of UTF-16 before it shows it; here the cell is read instead: its second word points to
//
//     { uint32 references; uint32 length; const void *units; uint32 hash and flags }
//
// or, with a low bit set, to the pieces of a string that was not put together yet. None of this is promised,
// so it is compared with two known strings first; where it does not hold, the interface's way is taken.
#include "runtime/engine/jsc_private.h"
#include "runtime/engine/peek.h"

enum { UNKNOWN = 0, DIFFERS = -1 };
enum { FLAG_BYTES = 1 << 2 };

struct string_header {
  uint32_t references;
  uint32_t length;
  const void *units;
  uint32_t flags;
};

static const struct string_header *header_of(js_val v) {
  uint64_t word = ((const uint64_t *)v)[1];
  return word & 7 ? NULL : (const struct string_header *)(uintptr_t)word;
}

static bool looks_like(js_val v, const void *units, uint32_t length, size_t bytes, bool wide) {
  const struct string_header *header = header_of(v);
  if (!engine_readable(header, sizeof *header) || header->length != length) return false;
  if (!(header->flags & FLAG_BYTES) != wide) return false;
  return engine_readable(header->units, bytes) && !memcmp(header->units, units, bytes);
}

static uint8_t type_of(js_val v) { return ((const uint8_t *)v)[5]; }

// The type that strings have in their cells' headers, or DIFFERS.
static int check_layout(js_ctx ctx) {
  static const uint16_t wide[] = {0x4e00, 'l', 'o', 'd', 'e', 0x4e01};
  js_val narrow_string = js_str_latin1(ctx, "the layout of strings", 21);
  js_val wide_string = js_str_utf16(ctx, wide, LODE_COUNT(wide));
  bool holds = looks_like(narrow_string, "the layout of strings", 21, 21, false) &&
               looks_like(wide_string, wide, LODE_COUNT(wide), sizeof wide, true) &&
               type_of(narrow_string) == type_of(wide_string) &&
               type_of(js_object(ctx)) != type_of(narrow_string) && type_of(narrow_string);
  return holds ? type_of(narrow_string) : DIFFERS;
}

// The answer is the same for all engines of the process.
static int string_type(js_ctx ctx) {
  static int known;
  int type = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (type == UNKNOWN) {
    type = check_layout(ctx);
    __atomic_store_n(&known, type, __ATOMIC_RELAXED);
  }
  return type;
}

static void put_together(js_ctx ctx, js_val v) {
  if (jsc_resolve_rope) {
    js_lock(ctx);
    jsc_resolve_rope(v, ctx);
    js_unlock(ctx);
    if (LODE_LIKELY(header_of(v) != NULL)) return;
  }
  // Too long for the memory there is: this way the error that the engine noted is not left behind.
  JSStringRef copy = JSValueToStringCopy(ctx, v, NULL);
  if (copy) JSStringRelease(copy);
}

bool js_is_string(js_ctx ctx, js_val v) {
  if (!js_is_cell(v)) return false;
  int type = string_type(ctx);
  return LODE_LIKELY(type != DIFFERS) ? type_of(v) == type : JSValueIsString(ctx, v);
}

static bool borrow_cell(js_ctx ctx, js_val v, js_units *out) {
  if (!header_of(v)) put_together(ctx, v);
  const struct string_header *header = header_of(v);
  if (!header) return false;
  *out = (js_units){header->units, header->length, !(header->flags & FLAG_BYTES), NULL};
  return true;
}

bool js_units_borrow(js_ctx ctx, js_val v, js_units *out) {
  if (!js_is_cell(v)) return false;
  int type = string_type(ctx);
  if (type != DIFFERS) {
    if (type_of(v) != type) return false;
    if (borrow_cell(ctx, v, out)) return true;
  }
  if (!js_is_string(ctx, v)) return false;
  JSStringRef copy = JSValueToStringCopy(ctx, v, NULL);
  if (!copy) return false;
  *out = (js_units){JSStringGetCharactersPtr(copy), JSStringGetLength(copy), true, copy};
  return true;
}

void js_units_drop(js_units *units) {
  if (units->owner) JSStringRelease(units->owner);
}
