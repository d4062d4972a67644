// SPDX-License-Identifier: MIT
//
// Random bytes and UUIDs. OpenSSL's generator may be used from any thread.
#include <stdlib.h>
#include <openssl/rand.h>
#include "modules/crypto/crypto.h"

struct fill {
  struct crypto_job job;
  uint8_t *at;
  size_t length;
};

// The generator takes an int: fill in pieces below that.
static bool fill_bytes(uint8_t *at, size_t length) {
  while (length > 0) {
    size_t piece = length < (1u << 30) ? length : (1u << 30);
    if (RAND_bytes(at, (int)piece) != 1) return false;
    at += piece;
    length -= piece;
  }
  return true;
}

static bool fill_run(struct crypto_job *job) {
  struct fill *fill = LODE_CONTAINER(job, struct fill, job);
  return fill_bytes(fill->at, fill->length);
}

static void fill_drop(struct crypto_job *job) { free(LODE_CONTAINER(job, struct fill, job)); }

// randomFill(bytes, offset, length, callback?) -> null on failure
JS_FN(crypto_random_fill) {
  uint8_t *bytes;
  size_t size;
  double offset = js_to_num(JS_ARG(1), 0), length = js_to_num(JS_ARG(2), 0);
  if (!js_bytes(ctx, JS_ARG(0), &bytes, &size)) return js_null();
  if (!(offset >= 0 && length >= 0 && offset + length <= (double)size)) return js_null();
  if (js_is_undefined(JS_ARG(3)))
    return fill_bytes(bytes + (size_t)offset, (size_t)length) ? js_undefined() : js_null();
  struct fill *fill = lode_zalloc(sizeof *fill);
  fill->job.run = fill_run;
  fill->job.drop = fill_drop;
  fill->at = bytes + (size_t)offset;
  fill->length = (size_t)length;
  return crypto_job_start(ctx, &fill->job, argv[3], argv[0]);
}

static void spell_uuid(const uint8_t bytes[16], char text[36]) {
  static const char digits[] = "0123456789abcdef";
  for (int i = 0, at = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text[at++] = '-';
    text[at++] = digits[bytes[i] >> 4];
    text[at++] = digits[bytes[i] & 15];
  }
}

// uuid(fresh): version 4; from a pool of random bytes unless fresh
JS_FN(crypto_uuid) {
  struct crypto_state *state = crypto_state();
  uint8_t bytes[16];
  char text[36];
  if (js_is_true(JS_ARG(0))) {
    if (!fill_bytes(bytes, sizeof bytes)) return js_null();
  } else {
    if (state->uuid_left < sizeof bytes) {
      if (!fill_bytes(state->uuid_pool, sizeof state->uuid_pool)) return js_null();
      state->uuid_left = sizeof state->uuid_pool;
    }
    state->uuid_left -= sizeof bytes;
    memcpy(bytes, state->uuid_pool + state->uuid_left, sizeof bytes);
    memset(state->uuid_pool + state->uuid_left, 0, sizeof bytes); // given out: must not be found again
  }
  bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40);
  bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
  spell_uuid(bytes, text);
  return js_str_ascii(ctx, text, sizeof text);
}

static const js_fn_spec functions[] = {{"randomFill", crypto_random_fill}, {"uuid", crypto_uuid}};

void crypto_random_init(js_ctx ctx, js_obj target) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}
