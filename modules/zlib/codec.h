// SPDX-License-Identifier: MIT
//
// A codec turns a span of input into a span of output: deflate in its three wrappings, Brotli and Zstandard,
// each in both directions, behind one table of operations. Knows neither the engine nor the loop.
//
// Threading: a codec may be stepped on any thread, but by one at a time; whoever holds it sees to that.
// Ownership: the codec copies its settings and its dictionary; spans are borrowed for one step.
#ifndef LODE_ZLIB_CODEC_H
#define LODE_ZLIB_CODEC_H

#include <zlib.h>
#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zstd.h>
#include "base/base.h"

// The numbers are public: they are zlib.constants.DEFLATE and its siblings.
enum codec_kind {
  CODEC_DEFLATE = 1,
  CODEC_INFLATE,
  CODEC_GZIP,
  CODEC_GUNZIP,
  CODEC_DEFLATE_RAW,
  CODEC_INFLATE_RAW,
  CODEC_UNZIP,
  CODEC_BROTLI_DECODE,
  CODEC_BROTLI_ENCODE,
  CODEC_ZSTD_COMPRESS,
  CODEC_ZSTD_DECOMPRESS,
};

// What went wrong; `code` is NULL while nothing has. All text is static.
struct codec_fault {
  int number;
  const char *code;
  const char *message;
};

// What is left to read and to fill. A step moves the pointers on and shrinks the counts.
struct codec_span {
  const uint8_t *in;
  size_t in_left;
  uint8_t *out;
  size_t out_left;
  int flush;
};

// For the zlib kinds `pairs` holds window bits, level, memory level and strategy in this order; for the
// others it is a list of (parameter, value).
struct codec_settings {
  int32_t *pairs;
  size_t pair_numbers; // count of numbers in pairs
  uint8_t *dictionary; // NULL: none
  size_t dictionary_length;
  double pledged; // Zstandard: length of the whole input; negative where unknown
};

struct codec;
struct codec_ops {
  bool (*open)(struct codec *codec); // false: see codec->fault
  void (*step)(struct codec *codec, struct codec_span *span);
  bool (*reset)(struct codec *codec);
  void (*close)(struct codec *codec);
};

typedef struct codec {
  const struct codec_ops *ops;
  enum codec_kind kind;
  struct codec_settings settings;
  struct codec_fault fault;
  bool begun;    // the library's memory exists
  bool finished; // Zstandard: the closing frame is out
  bool plain;    // unzip: the stream has a zlib header, not gzip's
  union {
    z_stream z;
    BrotliEncoderState *brotli_encoder;
    BrotliDecoderState *brotli_decoder;
    ZSTD_CCtx *zstd_encoder;
    ZSTD_DCtx *zstd_decoder;
  } u;
} codec;

extern const struct codec_ops codec_ops_zlib, codec_ops_brotli_encode, codec_ops_brotli_decode,
    codec_ops_zstd_encode, codec_ops_zstd_decode;

// Takes over the memory in `settings` in every case. False leaves the reason in codec->fault; the codec must
// be closed either way.
bool codec_open(codec *c, enum codec_kind kind, struct codec_settings settings);
void codec_step(codec *c, struct codec_span *span); // afterwards look at c->fault.code
bool codec_reset(codec *c);
bool codec_tune(codec *c, int level, int strategy); // deflate only
void codec_close(codec *c);

static inline bool codec_fail(codec *c, int number, const char *code, const char *message) {
  c->fault = (struct codec_fault){number, code, message};
  return false;
}

#endif
