// SPDX-License-Identifier: MIT
//
// The C half of `zlib`: streams that are stepped (by the caller or on the thread pool), whole buffers done in
// one go, and checksums.
//
// Threading: while a step or a whole buffer is on the thread pool, references keep its buffers alive, and the
// codec belongs to the pool. Closing meanwhile only marks the stream; whoever ends the work frees it. Faults
// go to JavaScript as [message, number, code]; nothing here throws.
#include <stdlib.h>
#include "modules/zlib/codec.h"
#include "runtime/env/env.h"

struct zlib_state {
  js_ref on_step; // (owner, fault, in_left, out_left)
};

struct stream {
  codec codec;
  lode_env *env;
  uv_work_t work;
  struct codec_span span;
  bool busy, closed;
  js_ref self, owner, in, out;
};

static void stream_free(void *pointer) {
  struct stream *s = pointer;
  codec_close(&s->codec);
  free(s);
}

static const js_native_type stream_type = {"Codec", stream_free};

static js_val fault_value(js_ctx ctx, const struct codec_fault *fault) {
  js_val parts[] = {js_str(ctx, fault->message), js_int(fault->number), js_str(ctx, fault->code)};
  return js_array(ctx, 3, parts);
}

// Reads (kind, pairs, dictionary, pledged) from four arguments; copies what it keeps.
static struct codec_settings take_settings(js_ctx ctx, const js_val argv[4]) {
  struct codec_settings settings = {.pledged = js_to_num(argv[3], -1)};
  uint8_t *bytes;
  size_t length;
  if (js_bytes(ctx, argv[1], &bytes, &length)) {
    settings.pairs = lode_alloc(length + 4);
    memcpy(settings.pairs, bytes, length);
    settings.pair_numbers = length / 4;
  }
  if (!js_is_undefined(argv[2]) && js_bytes(ctx, argv[2], &bytes, &length)) {
    settings.dictionary = lode_alloc(length + 1);
    if (length) memcpy(settings.dictionary, bytes, length);
    settings.dictionary_length = length;
  }
  return settings;
}

// What the collector should know about: deflate's memory is the largest by far.
static size_t weight_of(enum codec_kind kind) {
  return kind == CODEC_DEFLATE || kind == CODEC_GZIP || kind == CODEC_DEFLATE_RAW ? 256 << 10 : 48 << 10;
}

// ---- Streams ----

// open(kind, pairs, dictionary, pledged) -> stream, or a fault
JS_FN(zlib_open) {
  if (argc < 4) return js_undefined();
  enum codec_kind kind = (enum codec_kind)js_to_int(argv[0], 0);
  struct stream *s = lode_zalloc(sizeof *s);
  s->env = env_current();
  if (!codec_open(&s->codec, kind, take_settings(ctx, argv))) {
    js_val fault = fault_value(ctx, &s->codec.fault);
    stream_free(s);
    return fault;
  }
  js_report_memory(ctx, weight_of(kind));
  return js_native_new(ctx, &stream_type, s);
}

// Fills the span from (flush, input, offset, length, output, offset, length); false where it does not fit.
static bool take_span(js_ctx ctx, const js_val argv[7], struct codec_span *span) {
  uint8_t *in = NULL, *out;
  size_t in_size = 0, out_size;
  double in_at = js_to_num(argv[2], 0), in_length = js_to_num(argv[3], 0);
  double out_at = js_to_num(argv[5], 0), out_length = js_to_num(argv[6], 0);
  if (!js_is_nullish(argv[1]) && !js_bytes(ctx, argv[1], &in, &in_size)) return false;
  if (!js_bytes(ctx, argv[4], &out, &out_size)) return false;
  if (!(in_at >= 0 && in_length >= 0 && in_at + in_length <= (double)in_size)) return false;
  if (!(out_at >= 0 && out_length >= 0 && out_at + out_length <= (double)out_size)) return false;
  *span = (struct codec_span){in ? in + (size_t)in_at : (const uint8_t *)"", (size_t)in_length,
                              out + (size_t)out_at, (size_t)out_length, js_to_int(argv[0], 0)};
  return true;
}

// step(stream, flush, input, at, length, output, at, length, left: Float64Array(2)) -> fault or undefined
JS_FN(zlib_step) {
  struct stream *s = argc >= 9 ? js_native_get(argv[0], &stream_type) : NULL;
  struct codec_span span;
  uint8_t *left;
  size_t left_size;
  if (!s || s->busy) return js_int(UV_EBUSY);
  if (!take_span(ctx, argv + 1, &span)) return js_int(UV_EINVAL);
  codec_step(&s->codec, &span);
  if (!js_bytes(ctx, argv[8], &left, &left_size) || left_size < 16) return js_int(UV_EINVAL);
  double counts[2] = {(double)span.in_left, (double)span.out_left};
  memcpy(left, counts, sizeof counts);
  return s->codec.fault.code ? fault_value(ctx, &s->codec.fault) : js_undefined();
}

static void step_on_pool(uv_work_t *work) {
  struct stream *s = LODE_CONTAINER(work, struct stream, work);
  codec_step(&s->codec, &s->span);
}

extern const lode_binding lode_binding_zlib;

static void step_ended(uv_work_t *work, LODE_UNUSED int status) {
  struct stream *s = LODE_CONTAINER(work, struct stream, work);
  lode_env *env = s->env;
  struct zlib_state *state = binding_state(env, &lode_binding_zlib);
  js_ctx ctx = env_enter(env);
  js_val owner = s->owner.value, self = s->self.value; // locals keep them alive from here on
  js_ref_drop(ctx, &s->owner);
  js_ref_drop(ctx, &s->self);
  js_ref_drop(ctx, &s->in);
  js_ref_drop(ctx, &s->out);
  s->busy = false;
  if (s->closed || env_stopping(env)) {
    js_native_clear(self);
    stream_free(s);
  } else {
    js_val fault = s->codec.fault.code ? fault_value(ctx, &s->codec.fault) : js_undefined();
    js_val args[] = {owner, fault, js_num((double)s->span.in_left), js_num((double)s->span.out_left)};
    env_call(env, js_as_object(state->on_step.value), js_undefined(), 4, args);
  }
  env_leave(env);
}

// start(stream, flush, input, at, length, output, at, length, owner) -> 0 or a negative error
JS_FN(zlib_start) {
  struct stream *s = argc >= 9 ? js_native_get(argv[0], &stream_type) : NULL;
  if (!s || s->closed) return js_int(UV_EBADF);
  if (s->busy) return js_int(UV_EBUSY);
  if (!take_span(ctx, argv + 1, &s->span)) return js_int(UV_EINVAL);
  int error = uv_queue_work(env_loop(s->env), &s->work, step_on_pool, step_ended);
  if (error) return js_int(error);
  s->busy = true;
  s->self = js_ref_take(ctx, argv[0]);
  s->owner = js_ref_take(ctx, argv[8]);
  s->in = js_ref_take(ctx, argv[2]);
  s->out = js_ref_take(ctx, argv[5]);
  return js_int(0);
}

JS_FN(zlib_reset) {
  struct stream *s = js_native_get(JS_ARG(0), &stream_type);
  if (!s || s->busy) return js_int(UV_EBUSY);
  return codec_reset(&s->codec) ? js_undefined() : fault_value(ctx, &s->codec.fault);
}

// params(stream, level, strategy)
JS_FN(zlib_params) {
  struct stream *s = js_native_get(JS_ARG(0), &stream_type);
  if (!s || s->busy) return js_int(UV_EBUSY);
  bool done = codec_tune(&s->codec, js_to_int(JS_ARG(1), -1), js_to_int(JS_ARG(2), 0));
  return done ? js_undefined() : fault_value(ctx, &s->codec.fault);
}

JS_FN(zlib_close) {
  struct stream *s = js_native_get(JS_ARG(0), &stream_type);
  if (!s) return js_undefined();
  s->closed = true;
  if (s->busy) {
    uv_cancel((uv_req_t *)&s->work); // where it has not begun; step_ended frees the stream either way
  } else {
    js_native_clear(argv[0]);
    stream_free(s);
  }
  return js_undefined();
}

// ---- Whole buffers ----

struct whole {
  codec codec;
  struct codec_span span;
  uint8_t *buffer;
  size_t capacity;
  double limit;
  // Only when on the thread pool:
  lode_env *env;
  uv_work_t work;
  js_ref callback, in;
};

static size_t used(const struct whole *w) { return w->capacity - w->span.out_left; }

static bool resize(struct whole *w, size_t capacity) {
  size_t filled = used(w);
  uint8_t *bigger = realloc(w->buffer, capacity ? capacity : 1);
  if (!bigger) return false;
  w->buffer = bigger;
  w->capacity = capacity;
  w->span.out = bigger + filled;
  w->span.out_left = capacity - filled;
  return true;
}

// Decoding grows by doubling; encoding seldom needs more than it was given. One byte past the limit is enough
// to know that the output is too long.
static size_t next_capacity(const struct whole *w) {
  double want = w->capacity ? 2.0 * (double)w->capacity : (double)w->span.in_left + 1024;
  if (want > w->limit + 1) want = w->limit + 1;
  return (size_t)want;
}

static void run_whole(struct whole *w) {
  if (!w->span.in) w->span.in = (const uint8_t *)"";
  do {
    size_t capacity = next_capacity(w);
    if (capacity <= w->capacity) break; // the limit is reached
    if (!resize(w, capacity)) {
      codec_fail(&w->codec, Z_MEM_ERROR, "Z_MEM_ERROR", "Not enough memory for the output");
      return;
    }
    codec_step(&w->codec, &w->span);
  } while (!w->codec.fault.code && w->span.out_left == 0);
  if (w->codec.fault.code) return;
  if ((double)used(w) > w->limit)
    codec_fail(&w->codec, 0, "ERR_BUFFER_TOO_LARGE", "Output too long");
  else if (w->span.out_left > 1024 || w->span.out_left > used(w) / 8)
    resize(w, used(w));
}

// Consumes the output: an ArrayBuffer, or a fault.
static js_val whole_result(js_ctx ctx, struct whole *w) {
  if (w->codec.fault.code) return fault_value(ctx, &w->codec.fault);
  js_val buffer = js_arraybuffer_take(ctx, w->buffer, used(w));
  w->buffer = NULL;
  return buffer;
}

static void whole_free(struct whole *w) {
  codec_close(&w->codec);
  free(w->buffer);
  free(w);
}

static struct whole *whole_new(js_ctx ctx, const js_val argv[7]) {
  struct whole *w = lode_zalloc(sizeof *w);
  uint8_t *in;
  size_t length;
  w->env = env_current();
  w->limit = js_to_num(argv[6], 0);
  if (!codec_open(&w->codec, (enum codec_kind)js_to_int(argv[0], 0), take_settings(ctx, argv))) return w;
  if (js_bytes(ctx, argv[4], &in, &length)) {
    w->span.in = in;
    w->span.in_left = length;
  }
  w->span.flush = js_to_int(argv[5], 0);
  return w;
}

// whole(kind, pairs, dictionary, pledged, input, flush, limit) -> ArrayBuffer or fault
JS_FN(zlib_whole) {
  if (argc < 7) return js_undefined();
  struct whole *w = whole_new(ctx, argv);
  if (!w->codec.fault.code) run_whole(w);
  js_val result = whole_result(ctx, w);
  whole_free(w);
  return result;
}

static void whole_on_pool(uv_work_t *work) { run_whole(LODE_CONTAINER(work, struct whole, work)); }

static void whole_ended(uv_work_t *work, LODE_UNUSED int status) {
  struct whole *w = LODE_CONTAINER(work, struct whole, work);
  lode_env *env = w->env;
  js_ctx ctx = env_enter(env);
  js_val callback = w->callback.value;
  js_ref_drop(ctx, &w->in);
  js_ref_drop(ctx, &w->callback);
  if (!env_stopping(env)) {
    js_val result = whole_result(ctx, w);
    env_call(env, js_as_object(callback), js_undefined(), 1, &result);
  }
  whole_free(w);
  env_leave(env);
}

// wholeLater(kind, pairs, dictionary, pledged, input, flush, limit, callback) -> undefined or fault
JS_FN(zlib_whole_later) {
  if (argc < 8) return js_undefined();
  struct whole *w = whole_new(ctx, argv);
  if (!w->codec.fault.code && uv_queue_work(env_loop(w->env), &w->work, whole_on_pool, whole_ended) == 0) {
    w->in = js_ref_take(ctx, argv[4]);
    w->callback = js_ref_take(ctx, argv[7]);
    return js_undefined();
  }
  js_val fault = w->codec.fault.code ? fault_value(ctx, &w->codec.fault) : js_int(UV_ENOMEM);
  whole_free(w);
  return fault;
}

// ---- The rest ----

// crc32(bytes, start) -> number
JS_FN(zlib_crc32) {
  uint8_t *bytes;
  size_t length;
  uint32_t start = (uint32_t)js_to_int64(JS_ARG(1), 0);
  if (!js_bytes(ctx, JS_ARG(0), &bytes, &length)) return js_int(0);
  return js_num((double)(uint32_t)crc32_z(start, length ? bytes : (const uint8_t *)"", length));
}

JS_FN(zlib_setup) {
  struct zlib_state *state = binding_state(env_current(), &lode_binding_zlib);
  js_ref_drop(ctx, &state->on_step);
  state->on_step = js_ref_take(ctx, JS_ARG(0));
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"open", zlib_open},     {"step", zlib_step},   {"start", zlib_start}, {"reset", zlib_reset},
    {"params", zlib_params}, {"close", zlib_close}, {"whole", zlib_whole}, {"wholeLater", zlib_whole_later},
    {"crc32", zlib_crc32},   {"setup", zlib_setup},
};
static const js_num_spec numbers[] = {{"ZLIB_VERNUM", ZLIB_VERNUM}};

static void zlib_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_define_numbers(ctx, target, numbers, LODE_COUNT(numbers));
}

static void zlib_teardown(lode_env *env, void *pointer) {
  struct zlib_state *state = pointer;
  js_ref_drop(env_ctx(env), &state->on_step);
}

LODE_BINDING(zlib, sizeof(struct zlib_state), zlib_init, zlib_teardown);
