// SPDX-License-Identifier: MIT
//
// What the files of the crypto binding share: its state, OpenSSL's errors as values, and jobs on the thread
// pool.
#ifndef LODE_CRYPTO_H
#define LODE_CRYPTO_H

#include <openssl/evp.h>
#include "runtime/env/env.h"

#define CRYPTO_MAX_DIGESTS 128

struct crypto_state {
  EVP_MD *digests[CRYPTO_MAX_DIGESTS]; // fetched once; JavaScript knows them by index
  int digest_count;
  EVP_MAC *hmac;
  uint8_t uuid_pool[16 * 64]; // random bytes not yet handed out
  size_t uuid_left;
};

extern const lode_binding lode_binding_crypto;
struct crypto_state *crypto_state(void); // of the calling thread

// The digest behind an index from JavaScript; NULL where there is none.
EVP_MD *crypto_digest(js_val index);

// The oldest queued OpenSSL error as [text, library, reason], or null; clears the queue.
js_val crypto_error(js_ctx ctx);

// Work on the thread pool. `run` fills `out` (already allocated) and returns whether that worked; then the
// callback is called with (ok, ArrayBuffer | undefined), or with (ok) where the job wrote into a buffer of
// JavaScript's.
struct crypto_job {
  uv_work_t work;
  lode_env *env;
  js_ref callback, target;
  bool (*run)(struct crypto_job *job);
  void (*drop)(struct crypto_job *job); // frees the job and what it holds
  bool ok;
  uint8_t *out;
  size_t out_length;
};
// Runs the job now (callback undefined: returns the result or null) or later (returns undefined). Takes the
// job.
js_val crypto_job_start(js_ctx ctx, struct crypto_job *job, js_val callback, js_val target);

void crypto_hash_init(js_ctx ctx, js_obj target);
void crypto_random_init(js_ctx ctx, js_obj target);
void crypto_derive_init(js_ctx ctx, js_obj target);
void crypto_constants_init(js_ctx ctx, js_obj target);

#endif
