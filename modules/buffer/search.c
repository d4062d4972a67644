// SPDX-License-Identifier: MIT
//
// Buffer's C half, bytes among bytes: compare, search, byte swapping. JavaScript validates and does the
// short cases itself. Offsets are clamped again here, because views may shrink under a running program. No
// state.
#include "modules/buffer/buffer.h"

typedef struct view {
  uint8_t *data;
  size_t length;
} view;

static bool view_take(js_ctx ctx, js_val v, view *out) { return js_bytes(ctx, v, &out->data, &out->length); }

static size_t offset_of(js_val v, size_t limit) {
  double d = js_to_num(v, 0);
  if (!(d > 0)) return 0;
  return d >= (double)limit ? limit : (size_t)d;
}

static void view_narrow(view *bytes, js_val start, js_val end) {
  size_t to = offset_of(end, bytes->length), from = offset_of(start, to);
  bytes->data += from;
  bytes->length = to - from;
}

// compare(a, aStart, aEnd, b, bStart, bEnd) -> -1, 0, 1
JS_FN(fn_compare) {
  js_lock(ctx);
  view a, b;
  int order = 0;
  if (view_take(ctx, JS_ARG(0), &a) && view_take(ctx, JS_ARG(3), &b)) {
    view_narrow(&a, JS_ARG(1), JS_ARG(2));
    view_narrow(&b, JS_ARG(4), JS_ARG(5));
    order = memcmp(a.data, b.data, a.length < b.length ? a.length : b.length);
    if (order == 0) order = a.length < b.length ? -1 : a.length > b.length;
  }
  js_unlock(ctx);
  return js_int(order < 0 ? -1 : order > 0);
}

// The first match at or after `from`, at a multiple of `step` bytes from the start; -1 without one.
static int64_t search_forward(view hay, view needle, size_t from, size_t step) {
  while (from <= hay.length && hay.length - from >= needle.length) {
    const uint8_t *hit = memmem(hay.data + from, hay.length - from, needle.data, needle.length);
    if (!hit) return -1;
    size_t at = (size_t)(hit - hay.data);
    if (at % step == 0) return (int64_t)at;
    from = at + 1;
  }
  return -1;
}

static int64_t search_backward(view hay, view needle, size_t from, size_t step) {
  if (needle.length > hay.length) return -1;
  if (from > hay.length - needle.length) from = hay.length - needle.length;
  for (size_t at = from + 1; at-- > 0;) {
    if (needle.length) {
      const uint8_t *hit = memrchr(hay.data, needle.data[0], at + 1);
      if (!hit) return -1;
      at = (size_t)(hit - hay.data);
    }
    if (at % step == 0 && memcmp(hay.data + at, needle.data, needle.length) == 0) return (int64_t)at;
  }
  return -1;
}

// indexOf(hay, needle, from, forward, step) -> index or -1
JS_FN(fn_index_of) {
  js_lock(ctx);
  view hay, needle;
  int64_t at = -1;
  if (view_take(ctx, JS_ARG(0), &hay) && view_take(ctx, JS_ARG(1), &needle)) {
    size_t from = offset_of(JS_ARG(2), hay.length), step = js_to_int(JS_ARG(4), 1) == 2 ? 2 : 1;
    from -= from % step;
    at = js_is_true(JS_ARG(3)) ? search_forward(hay, needle, from, step)
                               : search_backward(hay, needle, from, step);
  }
  js_unlock(ctx);
  return js_num((double)at);
}

// swap(view, width): reverses the bytes of each group of 2, 4 or 8
JS_FN(fn_swap) {
  js_lock(ctx);
  view bytes;
  size_t width = (size_t)js_to_int(JS_ARG(1), 2);
  if (view_take(ctx, JS_ARG(0), &bytes) && (width == 2 || width == 4 || width == 8)) {
    for (size_t at = 0; at + width <= bytes.length; at += width) {
      for (size_t low = at, high = at + width - 1; low < high; low++, high--) {
        uint8_t byte = bytes.data[low];
        bytes.data[low] = bytes.data[high];
        bytes.data[high] = byte;
      }
    }
  }
  js_unlock(ctx);
  return js_undefined();
}

const js_fn_spec buffer_search_functions[] = {
    {"compare", fn_compare},
    {"indexOf", fn_index_of},
    {"swap", fn_swap},
};
const size_t buffer_search_count = LODE_COUNT(buffer_search_functions);
