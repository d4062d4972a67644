// SPDX-License-Identifier: MIT
//
// Zstandard in both directions. The encoder remembers that its closing frame is out: asked to finish again,
// the library would start another, empty one.
#include <zstd_errors.h>
#include "base/lazy_library.h"
#include "modules/zlib/codec.h"

// clang-format off
#define EACH_ERROR(X)                                                                                        \
  X(no_error) \
  X(GENERIC) X(prefix_unknown) X(version_unsupported) X(frameParameter_unsupported) \
  X(frameParameter_windowTooLarge) X(corruption_detected) X(checksum_wrong) X(literals_headerWrong) \
  X(dictionary_corrupted) X(dictionary_wrong) X(dictionaryCreation_failed) X(parameter_unsupported) \
  X(parameter_combination_unsupported) X(parameter_outOfBound) X(tableLog_tooLarge) \
  X(maxSymbolValue_tooLarge) X(maxSymbolValue_tooSmall) X(stabilityCondition_notRespected) \
  X(stage_wrong) X(init_missing) X(memory_allocation) X(workSpace_tooSmall) X(dstSize_tooSmall) \
  X(srcSize_wrong) X(dstBuffer_null) X(noForwardProgress_destFull) X(noForwardProgress_inputEmpty)
// clang-format on

static const char *error_code(ZSTD_ErrorCode error) {
#define SPELL(name)                                                                                          \
  case ZSTD_error_##name:                                                                                    \
    return "ZSTD_error_" #name;
  switch (error) {
    EACH_ERROR(SPELL)
  default:
    return "ZSTD_error_GENERIC";
  }
#undef SPELL
}

static void fail(codec *c, size_t result) {
  ZSTD_ErrorCode error = ZSTD_getErrorCode(result);
  codec_fail(c, (int)error, error_code(error), ZSTD_getErrorString(error));
}

static bool refuse_parameter(codec *c) {
  return codec_fail(c, -1, "ERR_ZLIB_INITIALIZATION_FAILED", "Setting parameter failed");
}

// ---- Encoder ----

static bool encoder_prepare(codec *c) {
  const struct codec_settings *s = &c->settings;
  ZSTD_CCtx *z = c->u.zstd_encoder;
  if (s->pledged >= 0 && ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(z, (unsigned long long)s->pledged)))
    return codec_fail(c, -1, "ERR_ZLIB_INITIALIZATION_FAILED", "Could not set pledged src size");
  if (s->dictionary && ZSTD_isError(ZSTD_CCtx_loadDictionary(z, s->dictionary, s->dictionary_length)))
    return codec_fail(c, -1, "ERR_ZLIB_DICTIONARY_LOAD_FAILED", "Failed to load zstd dictionary");
  for (size_t i = 0; i + 1 < s->pair_numbers; i += 2)
    if (ZSTD_isError(ZSTD_CCtx_setParameter(z, (ZSTD_cParameter)s->pairs[i], s->pairs[i + 1])))
      return refuse_parameter(c);
  return true;
}

static bool encoder_open(codec *c) {
  lazy_library_load(&lazy_library_zstd);
  c->u.zstd_encoder = ZSTD_createCCtx();
  if (!c->u.zstd_encoder) return codec_fail(c, -1, "ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
  c->begun = true;
  return encoder_prepare(c);
}

static bool encoder_reset(codec *c) {
  size_t result = ZSTD_CCtx_reset(c->u.zstd_encoder, ZSTD_reset_session_and_parameters);
  if (ZSTD_isError(result)) return fail(c, result), false;
  return encoder_prepare(c);
}

static void encoder_step(codec *c, struct codec_span *s) {
  if (c->finished && s->in_left == 0) return;
  c->finished = false;
  ZSTD_inBuffer in = {s->in, s->in_left, 0};
  ZSTD_outBuffer out = {s->out, s->out_left, 0};
  size_t pending;
  do {
    pending = ZSTD_compressStream2(c->u.zstd_encoder, &out, &in, (ZSTD_EndDirective)s->flush);
    if (ZSTD_isError(pending)) break;
  } while (out.pos < out.size && (s->flush == ZSTD_e_continue ? in.pos < in.size : pending != 0));
  s->in += in.pos;
  s->in_left -= in.pos;
  s->out += out.pos;
  s->out_left -= out.pos;
  if (ZSTD_isError(pending))
    fail(c, pending);
  else
    c->finished = s->flush == ZSTD_e_end && pending == 0;
}

static void encoder_close(codec *c) {
  if (c->begun) ZSTD_freeCCtx(c->u.zstd_encoder);
}

const struct codec_ops codec_ops_zstd_encode = {encoder_open, encoder_step, encoder_reset, encoder_close};

// ---- Decoder ----

static bool decoder_prepare(codec *c) {
  const struct codec_settings *s = &c->settings;
  ZSTD_DCtx *z = c->u.zstd_decoder;
  if (s->dictionary && ZSTD_isError(ZSTD_DCtx_loadDictionary(z, s->dictionary, s->dictionary_length)))
    return codec_fail(c, -1, "ERR_ZLIB_DICTIONARY_LOAD_FAILED", "Failed to load zstd dictionary");
  for (size_t i = 0; i + 1 < s->pair_numbers; i += 2)
    if (ZSTD_isError(ZSTD_DCtx_setParameter(z, (ZSTD_dParameter)s->pairs[i], s->pairs[i + 1])))
      return refuse_parameter(c);
  return true;
}

static bool decoder_open(codec *c) {
  lazy_library_load(&lazy_library_zstd);
  c->u.zstd_decoder = ZSTD_createDCtx();
  if (!c->u.zstd_decoder) return codec_fail(c, -1, "ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
  c->begun = true;
  return decoder_prepare(c);
}

static bool decoder_reset(codec *c) {
  size_t result = ZSTD_DCtx_reset(c->u.zstd_decoder, ZSTD_reset_session_and_parameters);
  if (ZSTD_isError(result)) return fail(c, result), false;
  return decoder_prepare(c);
}

// Stops after one frame, leaving the rest of the input: what follows a frame is not ours to guess at.
static void decoder_step(codec *c, struct codec_span *s) {
  ZSTD_inBuffer in = {s->in, s->in_left, 0};
  ZSTD_outBuffer out = {s->out, s->out_left, 0};
  size_t hint, before;
  do {
    before = in.pos + out.pos;
    hint = ZSTD_decompressStream(c->u.zstd_decoder, &out, &in);
  } while (!ZSTD_isError(hint) && hint != 0 && out.pos < out.size && in.pos + out.pos > before);
  s->in += in.pos;
  s->in_left -= in.pos;
  s->out += out.pos;
  s->out_left -= out.pos;
  if (ZSTD_isError(hint)) fail(c, hint);
}

static void decoder_close(codec *c) {
  if (c->begun) ZSTD_freeDCtx(c->u.zstd_decoder);
}

const struct codec_ops codec_ops_zstd_decode = {decoder_open, decoder_step, decoder_reset, decoder_close};
