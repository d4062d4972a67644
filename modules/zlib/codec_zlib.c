// SPDX-License-Identifier: MIT
//
// Deflate and inflate in their wrappings (zlib header, gzip header, none).
//
// The library's memory (a quarter of a megabyte for deflate) is taken at the first step, not at opening: many
// streams are made and never written to, and the first step usually runs on the thread pool.
// A gzip file may have several members one after another: decoding goes on with the next one, except that
// zero bytes after a member are padding.
#include "modules/zlib/codec.h"

enum { SLOT_WINDOW, SLOT_LEVEL, SLOT_MEMORY, SLOT_STRATEGY, SLOT_COUNT };
// zlib counts in 32 bits: larger spans go through it in pieces of this size.
#define PIECE ((size_t)1 << 30)

static bool deflates(const codec *c) {
  return c->kind == CODEC_DEFLATE || c->kind == CODEC_GZIP || c->kind == CODEC_DEFLATE_RAW;
}

static const char *name_of(int status) {
  switch (status) {
  case Z_STREAM_END:
    return "Z_STREAM_END";
  case Z_NEED_DICT:
    return "Z_NEED_DICT";
  case Z_ERRNO:
    return "Z_ERRNO";
  case Z_STREAM_ERROR:
    return "Z_STREAM_ERROR";
  case Z_DATA_ERROR:
    return "Z_DATA_ERROR";
  case Z_MEM_ERROR:
    return "Z_MEM_ERROR";
  case Z_BUF_ERROR:
    return "Z_BUF_ERROR";
  case Z_VERSION_ERROR:
    return "Z_VERSION_ERROR";
  default:
    return "Z_OK";
  }
}

static bool fail(codec *c, int status, const char *otherwise) {
  const char *said = c->begun ? c->u.z.msg : NULL;
  return codec_fail(c, status, name_of(status), said ? said : otherwise);
}

// The library's convention: the wrapping is chosen by what is added to the window bits.
static int window_bits(const codec *c) {
  int bits = c->settings.pairs[SLOT_WINDOW];
  switch (c->kind) {
  case CODEC_GZIP:
  case CODEC_GUNZIP:
    return bits + 16;
  case CODEC_UNZIP:
    return bits + 32; // either header
  case CODEC_DEFLATE_RAW:
  case CODEC_INFLATE_RAW:
    return -bits;
  default:
    return bits;
  }
}

// A dictionary for the raw formats and for deflate is given up front; inflate asks for it (Z_NEED_DICT).
static bool give_dictionary(codec *c) {
  struct codec_settings *s = &c->settings;
  int status = Z_OK;
  if (!s->dictionary) return true;
  if (c->kind == CODEC_DEFLATE || c->kind == CODEC_DEFLATE_RAW)
    status = deflateSetDictionary(&c->u.z, s->dictionary, (uInt)s->dictionary_length);
  else if (c->kind == CODEC_INFLATE_RAW)
    status = inflateSetDictionary(&c->u.z, s->dictionary, (uInt)s->dictionary_length);
  return status == Z_OK || fail(c, status, "Failed to set dictionary");
}

static bool begin(codec *c) {
  const int32_t *set = c->settings.pairs;
  int status = deflates(c) ? deflateInit2(&c->u.z, set[SLOT_LEVEL], Z_DEFLATED, window_bits(c),
                                          set[SLOT_MEMORY], set[SLOT_STRATEGY])
                           : inflateInit2(&c->u.z, window_bits(c));
  if (status != Z_OK) return fail(c, status, "Init error");
  c->begun = true;
  return give_dictionary(c);
}

static bool zlib_open(codec *c) {
  if (c->settings.pair_numbers < SLOT_COUNT || c->settings.dictionary_length > UINT32_MAX)
    return codec_fail(c, Z_STREAM_ERROR, "ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
  return true;
}

static int inflate_piece(codec *c, int flush) {
  z_stream *z = &c->u.z;
  int status = inflate(z, flush);
  if (status == Z_NEED_DICT && c->settings.dictionary && c->kind != CODEC_INFLATE_RAW) {
    status = inflateSetDictionary(z, c->settings.dictionary, (uInt)c->settings.dictionary_length);
    if (status == Z_OK)
      status = inflate(z, flush);
    else if (status == Z_DATA_ERROR)
      status = Z_NEED_DICT; // it has another checksum
  }
  return status;
}

// Whether a finished gzip member is followed by another.
static bool next_member(const codec *c, bool gzip) {
  return gzip && c->u.z.avail_in > 0 && c->u.z.next_in[0] != 0;
}

static int one_piece(codec *c, int flush) {
  z_stream *z = &c->u.z;
  if (deflates(c)) return deflate(z, flush);
  if (c->kind == CODEC_UNZIP && z->total_in == 0 && z->avail_in > 0) c->plain = z->next_in[0] != 0x1f;
  bool gzip = c->kind == CODEC_GUNZIP || (c->kind == CODEC_UNZIP && !c->plain);
  int status = inflate_piece(c, flush);
  while (status == Z_STREAM_END && next_member(c, gzip)) {
    inflateReset(z);
    status = inflate_piece(c, flush);
  }
  return status;
}

static void judge(codec *c, int status, const struct codec_span *span) {
  switch (status) {
  case Z_STREAM_END:
    return;
  case Z_OK:
  case Z_BUF_ERROR: // no progress was possible: fine, unless nothing more will come
    if (span->out_left > 0 && span->flush == Z_FINISH)
      codec_fail(c, Z_BUF_ERROR, "Z_BUF_ERROR", "unexpected end of file");
    return;
  case Z_NEED_DICT:
    codec_fail(c, status, "Z_NEED_DICT", c->settings.dictionary ? "Bad dictionary" : "Missing dictionary");
    return;
  default:
    fail(c, status, "Zlib error");
  }
}

static void zlib_step(codec *c, struct codec_span *span) {
  z_stream *z = &c->u.z;
  int status;
  size_t took, gave, in, out;
  if (!c->begun && !begin(c)) return;
  do {
    in = span->in_left < PIECE ? span->in_left : PIECE;
    out = span->out_left < PIECE ? span->out_left : PIECE;
    z->next_in = (Bytef *)span->in;
    z->avail_in = (uInt)in;
    z->next_out = span->out;
    z->avail_out = (uInt)out;
    status = one_piece(c, in == span->in_left ? span->flush : Z_NO_FLUSH);
    took = in - z->avail_in;
    gave = out - z->avail_out;
    span->in += took;
    span->in_left -= took;
    span->out += gave;
    span->out_left -= gave;
    // Only a piece that was cut short by our own limit goes round again.
  } while ((status == Z_OK || status == Z_BUF_ERROR) && (took || gave) && span->out_left > 0 &&
           ((took == PIECE && span->in_left > 0) || gave == PIECE));
  z->next_in = NULL;
  z->next_out = NULL;
  judge(c, status, span);
}

static bool zlib_reset(codec *c) {
  if (!c->begun) return true;
  int status = deflates(c) ? deflateReset(&c->u.z) : inflateReset(&c->u.z);
  if (status != Z_OK) return fail(c, status, "Failed to reset stream");
  return give_dictionary(c);
}

bool codec_tune(codec *c, int level, int strategy) {
  c->fault = (struct codec_fault){0};
  c->settings.pairs[SLOT_LEVEL] = level;
  c->settings.pairs[SLOT_STRATEGY] = strategy;
  if (!c->begun || !deflates(c)) return true; // taken up by begin(); inflate has no such settings
  Bytef nowhere[1]; // zlib insists on a place for output even where it has none to give
  c->u.z.avail_in = 0;
  c->u.z.next_out = nowhere;
  c->u.z.avail_out = 0;
  int status = deflateParams(&c->u.z, level, strategy);
  c->u.z.next_out = NULL;
  return status == Z_OK || status == Z_BUF_ERROR || fail(c, status, "Failed to set parameters");
}

static void zlib_close(codec *c) {
  if (!c->begun) return;
  if (deflates(c))
    deflateEnd(&c->u.z);
  else
    inflateEnd(&c->u.z);
}

const struct codec_ops codec_ops_zlib = {zlib_open, zlib_step, zlib_reset, zlib_close};
