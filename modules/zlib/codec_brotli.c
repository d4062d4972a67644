// SPDX-License-Identifier: MIT
//
// Brotli in both directions. Its memory is taken at opening (little) and grows on use; a reset starts afresh,
// as the library has none.
#include "base/lazy_library.h"
#include "modules/zlib/codec.h"

static bool init_failed(codec *c) {
  return codec_fail(c, -1, "ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
}

// ---- Encoder ----

static bool encoder_open(codec *c) {
  const struct codec_settings *s = &c->settings;
  lazy_library_load(&lazy_library_brotlienc);
  c->u.brotli_encoder = BrotliEncoderCreateInstance(NULL, NULL, NULL);
  if (!c->u.brotli_encoder) return init_failed(c);
  c->begun = true;
  for (size_t i = 0; i + 1 < s->pair_numbers; i += 2)
    if (!BrotliEncoderSetParameter(c->u.brotli_encoder, (BrotliEncoderParameter)s->pairs[i],
                                   (uint32_t)s->pairs[i + 1]))
      return init_failed(c);
  return true;
}

static void encoder_close(codec *c) {
  if (c->begun) BrotliEncoderDestroyInstance(c->u.brotli_encoder);
  c->begun = false;
}

static bool encoder_reset(codec *c) {
  encoder_close(c);
  return encoder_open(c);
}

static void encoder_step(codec *c, struct codec_span *s) {
  if (!BrotliEncoderCompressStream(c->u.brotli_encoder, (BrotliEncoderOperation)s->flush, &s->in_left, &s->in,
                                   &s->out_left, &s->out, NULL))
    codec_fail(c, -1, "ERR_BROTLI_COMPRESSION_FAILED", "Compression failed");
}

const struct codec_ops codec_ops_brotli_encode = {encoder_open, encoder_step, encoder_reset, encoder_close};

// ---- Decoder ----

// The library's own list of errors, spelled as codes ("ERR_" and its enumerator without BROTLI_DECODER).
static const char *decoder_code(BrotliDecoderErrorCode error) {
#define SPELL(prefix, name, number)                                                                          \
  case BROTLI_DECODER##prefix##name:                                                                         \
    return "ERR_" #prefix #name;
#define NOTHING
  switch (error) {
    BROTLI_DECODER_ERROR_CODES_LIST(SPELL, NOTHING)
  default:
    return "ERR_BROTLI_DECODER_ERROR";
  }
#undef NOTHING
#undef SPELL
}

static bool decoder_open(codec *c) {
  const struct codec_settings *s = &c->settings;
  lazy_library_load(&lazy_library_brotlidec);
  c->u.brotli_decoder = BrotliDecoderCreateInstance(NULL, NULL, NULL);
  if (!c->u.brotli_decoder) return init_failed(c);
  c->begun = true;
  for (size_t i = 0; i + 1 < s->pair_numbers; i += 2)
    if (!BrotliDecoderSetParameter(c->u.brotli_decoder, (BrotliDecoderParameter)s->pairs[i],
                                   (uint32_t)s->pairs[i + 1]))
      return init_failed(c);
  return true;
}

static void decoder_close(codec *c) {
  if (c->begun) BrotliDecoderDestroyInstance(c->u.brotli_decoder);
  c->begun = false;
}

static bool decoder_reset(codec *c) {
  decoder_close(c);
  return decoder_open(c);
}

static void decoder_step(codec *c, struct codec_span *s) {
  BrotliDecoderResult result =
      BrotliDecoderDecompressStream(c->u.brotli_decoder, &s->in_left, &s->in, &s->out_left, &s->out, NULL);
  if (result == BROTLI_DECODER_RESULT_ERROR) {
    BrotliDecoderErrorCode error = BrotliDecoderGetErrorCode(c->u.brotli_decoder);
    codec_fail(c, error, decoder_code(error), "Decompression failed");
  } else if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && s->flush == BROTLI_OPERATION_FINISH) {
    codec_fail(c, Z_BUF_ERROR, "Z_BUF_ERROR", "unexpected end of file");
  }
}

const struct codec_ops codec_ops_brotli_decode = {decoder_open, decoder_step, decoder_reset, decoder_close};
