// SPDX-License-Identifier: MIT
//
// What all codecs share: choosing the operations for a kind, and the life of settings.
#include <stdlib.h>
#include "modules/zlib/codec.h"

static const struct codec_ops *ops_for(enum codec_kind kind) {
  switch (kind) {
  case CODEC_BROTLI_DECODE:
    return &codec_ops_brotli_decode;
  case CODEC_BROTLI_ENCODE:
    return &codec_ops_brotli_encode;
  case CODEC_ZSTD_COMPRESS:
    return &codec_ops_zstd_encode;
  case CODEC_ZSTD_DECOMPRESS:
    return &codec_ops_zstd_decode;
  default:
    return &codec_ops_zlib;
  }
}

bool codec_open(codec *c, enum codec_kind kind, struct codec_settings settings) {
  memset(c, 0, sizeof *c);
  c->kind = kind;
  c->settings = settings;
  c->ops = ops_for(kind);
  return c->ops->open(c);
}

void codec_step(codec *c, struct codec_span *span) {
  c->fault = (struct codec_fault){0};
  c->ops->step(c, span);
}

bool codec_reset(codec *c) {
  c->fault = (struct codec_fault){0};
  c->finished = false;
  return c->ops->reset(c);
}

void codec_close(codec *c) {
  if (c->ops) c->ops->close(c);
  free(c->settings.pairs);
  free(c->settings.dictionary);
  memset(c, 0, sizeof *c);
}
