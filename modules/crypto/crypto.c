// SPDX-License-Identifier: MIT
//
// The C half of `crypto`, on OpenSSL's EVP interface: the binding itself, errors, and jobs.
//
// Threading: a job owns copies of everything it reads, or a reference to the buffer it fills; it touches the
// engine only before it is queued and after it came back. Secrets are wiped before their memory is freed.
#include <stdlib.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include "base/lazy_library.h"
#include "modules/crypto/crypto.h"

struct crypto_state *crypto_state(void) {
  return binding_state(env_current(), &lode_binding_crypto);
}

js_val crypto_error(js_ctx ctx) {
  unsigned long error = ERR_get_error();
  char text[256];
  if (!error) return js_null();
  ERR_error_string_n(error, text, sizeof text);
  const char *library = ERR_lib_error_string(error), *reason = ERR_reason_error_string(error);
  js_val parts[] = {js_str(ctx, text), js_str(ctx, library ? library : ""),
                    js_str(ctx, reason ? reason : "")};
  ERR_clear_error();
  return js_array(ctx, 3, parts);
}

// ---- Jobs ----

static js_val take_output(js_ctx ctx, struct crypto_job *job) {
  if (!job->ok || !job->out) return js_undefined();
  js_val buffer = js_arraybuffer_take(ctx, job->out, job->out_length);
  job->out = NULL;
  return buffer;
}

static void job_free(js_ctx ctx, struct crypto_job *job) {
  js_ref_drop(ctx, &job->callback);
  js_ref_drop(ctx, &job->target);
  if (job->out) OPENSSL_cleanse(job->out, job->out_length);
  free(job->out);
  job->out = NULL;
  job->drop(job);
}

static void job_run(uv_work_t *work) {
  struct crypto_job *job = LODE_CONTAINER(work, struct crypto_job, work);
  job->ok = job->run(job);
  if (!job->ok) ERR_clear_error(); // the queue belongs to this thread
}

static void job_ended(uv_work_t *work, LODE_UNUSED int status) {
  struct crypto_job *job = LODE_CONTAINER(work, struct crypto_job, work);
  lode_env *env = job->env;
  js_ctx ctx = env_enter(env);
  if (!env_stopping(env)) {
    js_val args[] = {js_bool(job->ok), take_output(ctx, job)};
    env_call(env, js_as_object(job->callback.value), js_undefined(), 2, args);
  }
  job_free(ctx, job);
  env_leave(env);
}

js_val crypto_job_start(js_ctx ctx, struct crypto_job *job, js_val callback, js_val target) {
  job->env = env_current();
  if (js_is_undefined(callback)) {
    job->ok = job->run(job);
    js_val result = job->ok ? take_output(ctx, job) : js_null();
    job_free(ctx, job);
    return result;
  }
  if (uv_queue_work(env_loop(job->env), &job->work, job_run, job_ended)) {
    job_free(ctx, job);
    return js_null();
  }
  job->callback = js_ref_take(ctx, callback);
  if (!js_is_undefined(target)) job->target = js_ref_take(ctx, target);
  return js_undefined();
}

// ---- The binding ----

// timingSafeEqual(a, b): the caller has checked that both are bytes of one length
JS_FN(crypto_equal) {
  uint8_t *a, *b;
  size_t a_length, b_length;
  if (!js_bytes(ctx, JS_ARG(0), &a, &a_length) || !js_bytes(ctx, JS_ARG(1), &b, &b_length))
    return js_bool(false);
  return js_bool(a_length == b_length && (a_length == 0 || CRYPTO_memcmp(a, b, a_length) == 0));
}

static const js_fn_spec functions[] = {{"equal", crypto_equal}};

static void crypto_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  lazy_library_load(&lazy_library_crypto);
  crypto_hash_init(ctx, target);
  crypto_random_init(ctx, target);
  crypto_derive_init(ctx, target);
  crypto_constants_init(ctx, target);
}

static void crypto_teardown(LODE_UNUSED lode_env *env, void *pointer) {
  struct crypto_state *state = pointer;
  for (int i = 0; i < state->digest_count; i++) EVP_MD_free(state->digests[i]);
  EVP_MAC_free(state->hmac);
  OPENSSL_cleanse(state->uuid_pool, sizeof state->uuid_pool);
}

LODE_BINDING(crypto, sizeof(struct crypto_state), crypto_init, crypto_teardown);
