// SPDX-License-Identifier: MIT
//
// Keys from passwords and from other keys: PBKDF2, scrypt, HKDF; each now or on the thread pool.
#include <limits.h>
#include <stdlib.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include "modules/crypto/crypto.h"

struct bytes {
  uint8_t *data; // never NULL, so that OpenSSL does not take empty for absent
  size_t length;
};

struct derive {
  struct crypto_job job;
  struct bytes secret, salt, info;
  const EVP_MD *md;
  int iterations;
  uint64_t n, r, p, memory;
};

static struct bytes bytes_copy(js_ctx ctx, js_val v) {
  struct bytes copy = {NULL, 0};
  uint8_t *from = NULL;
  if (!js_bytes(ctx, v, &from, &copy.length)) copy.length = 0;
  copy.data = lode_alloc(copy.length + 1);
  if (copy.length) memcpy(copy.data, from, copy.length);
  return copy;
}

static void bytes_drop(struct bytes *b) {
  if (b->data) OPENSSL_cleanse(b->data, b->length);
  free(b->data);
}

static void derive_drop(struct crypto_job *job) {
  struct derive *d = LODE_CONTAINER(job, struct derive, job);
  bytes_drop(&d->secret);
  bytes_drop(&d->salt);
  bytes_drop(&d->info);
  free(d);
}

static struct derive *derive_new(js_ctx ctx, js_val secret, js_val salt, double length,
                                 bool (*run)(struct crypto_job *)) {
  struct derive *d = lode_zalloc(sizeof *d);
  d->job.run = run;
  d->job.drop = derive_drop;
  d->secret = bytes_copy(ctx, secret);
  d->salt = bytes_copy(ctx, salt);
  d->job.out_length = length > 0 ? (size_t)length : 0;
  d->job.out = lode_alloc(d->job.out_length + 1);
  return d;
}

static bool run_pbkdf2(struct crypto_job *job) {
  struct derive *d = LODE_CONTAINER(job, struct derive, job);
  if (job->out_length == 0) return true;
  if (d->secret.length > INT_MAX || d->salt.length > INT_MAX || job->out_length > INT_MAX) return false;
  return PKCS5_PBKDF2_HMAC((const char *)d->secret.data, (int)d->secret.length, d->salt.data,
                           (int)d->salt.length, d->iterations, d->md, (int)job->out_length, job->out) == 1;
}

// pbkdf2(secret, salt, iterations, length, digest, callback?)
JS_FN(crypto_pbkdf2) {
  const EVP_MD *md = crypto_digest(JS_ARG(4));
  if (!md) return js_null();
  struct derive *d = derive_new(ctx, JS_ARG(0), JS_ARG(1), js_to_num(JS_ARG(3), 0), run_pbkdf2);
  d->iterations = js_to_int(JS_ARG(2), 1);
  d->md = md;
  return crypto_job_start(ctx, &d->job, JS_ARG(5), js_undefined());
}

static bool run_scrypt(struct crypto_job *job) {
  struct derive *d = LODE_CONTAINER(job, struct derive, job);
  if (job->out_length == 0) return true;
  return EVP_PBE_scrypt((const char *)d->secret.data, d->secret.length, d->salt.data, d->salt.length, d->n,
                        d->r, d->p, d->memory, job->out, job->out_length) == 1;
}

// scryptCheck(n, r, p, memory) -> undefined where the parameters are good, else the reason (may be null)
JS_FN(crypto_scrypt_check) {
  ERR_clear_error();
  uint64_t n = (uint64_t)js_to_num(JS_ARG(0), 0), r = (uint64_t)js_to_num(JS_ARG(1), 0),
           p = (uint64_t)js_to_num(JS_ARG(2), 0), memory = (uint64_t)js_to_num(JS_ARG(3), 0);
  if (EVP_PBE_scrypt(NULL, 0, NULL, 0, n, r, p, memory, NULL, 0) == 1) return js_undefined();
  return crypto_error(ctx);
}

// scrypt(secret, salt, length, n, r, p, memory, callback?)
JS_FN(crypto_scrypt) {
  struct derive *d = derive_new(ctx, JS_ARG(0), JS_ARG(1), js_to_num(JS_ARG(2), 0), run_scrypt);
  d->n = (uint64_t)js_to_num(JS_ARG(3), 0);
  d->r = (uint64_t)js_to_num(JS_ARG(4), 0);
  d->p = (uint64_t)js_to_num(JS_ARG(5), 0);
  d->memory = (uint64_t)js_to_num(JS_ARG(6), 0);
  return crypto_job_start(ctx, &d->job, JS_ARG(7), js_undefined());
}

static bool run_hkdf(struct crypto_job *job) {
  struct derive *d = LODE_CONTAINER(job, struct derive, job);
  if (job->out_length == 0) return true;
  EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
  EVP_KDF_CTX *context = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)EVP_MD_get0_name(d->md), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, d->secret.data, d->secret.length),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, d->salt.data, d->salt.length),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, d->info.data, d->info.length),
      OSSL_PARAM_END,
  };
  bool ok = context && EVP_KDF_derive(context, job->out, job->out_length, params) == 1;
  EVP_KDF_CTX_free(context);
  EVP_KDF_free(kdf);
  return ok;
}

// hkdf(digest, secret, salt, info, length, callback?)
JS_FN(crypto_hkdf) {
  const EVP_MD *md = crypto_digest(JS_ARG(0));
  if (!md) return js_null();
  struct derive *d = derive_new(ctx, JS_ARG(1), JS_ARG(2), js_to_num(JS_ARG(4), 0), run_hkdf);
  d->info = bytes_copy(ctx, JS_ARG(3));
  d->md = md;
  return crypto_job_start(ctx, &d->job, JS_ARG(5), js_undefined());
}

static const js_fn_spec functions[] = {{"pbkdf2", crypto_pbkdf2},
                                       {"scrypt", crypto_scrypt},
                                       {"scryptCheck", crypto_scrypt_check},
                                       {"hkdf", crypto_hkdf}};

void crypto_derive_init(js_ctx ctx, js_obj target) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}
