// SPDX-License-Identifier: MIT
//
// Digests and HMAC. JavaScript asks once for the index of a digest by name and then uses the index, since
// looking a name up costs OpenSSL more than hashing a short text.
#include <stdlib.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include "modules/crypto/crypto.h"

// A digest in progress, or an HMAC: exactly one of the contexts is set.
struct hasher {
  EVP_MD_CTX *md;
  EVP_MAC_CTX *mac;
  size_t length; // of the result
  bool xof;      // the result's length was chosen
};

static void hasher_free(void *pointer) {
  struct hasher *h = pointer;
  EVP_MD_CTX_free(h->md);
  EVP_MAC_CTX_free(h->mac);
  free(h);
}

static const js_native_type hasher_type = {"Hasher", hasher_free};

// Text or bytes of an argument, without copying bytes.
struct input {
  const uint8_t *bytes;
  size_t length;
  js_text text;
  bool is_text;
};

static bool input_take(js_ctx ctx, js_val v, struct input *in, js_val *exc) {
  uint8_t *bytes;
  in->is_text = js_is_string(ctx, v);
  if (in->is_text) {
    if (!js_text_take(ctx, v, &in->text, exc)) return false;
    in->bytes = (const uint8_t *)in->text.data;
    in->length = in->text.length;
    return true;
  }
  if (!js_bytes(ctx, v, &bytes, &in->length)) return false;
  in->bytes = in->length ? bytes : (const uint8_t *)"";
  return true;
}

static void input_drop(struct input *in) {
  if (in->is_text) js_text_drop(&in->text);
}

// ---- Names ----

// Old names ("RSA-SHA1") are known to the object table only; what they stand for is then fetched.
static EVP_MD *fetch(const char *name) {
  const EVP_MD *known = EVP_get_digestbyname(name);
  EVP_MD *md = known ? EVP_MD_fetch(NULL, EVP_MD_get0_name(known), NULL) : NULL;
  ERR_clear_error();
  return md;
}

EVP_MD *crypto_digest(js_val index) {
  struct crypto_state *state = crypto_state();
  int i = js_to_int(index, -1);
  return i >= 0 && i < state->digest_count ? state->digests[i] : NULL;
}

// digest(name) -> index, or -1 where OpenSSL has no such digest
JS_FN(crypto_digest_index) {
  struct crypto_state *state = crypto_state();
  js_text name;
  if (!js_text_take(ctx, JS_ARG(0), &name, exc)) return js_undefined();
  EVP_MD *md = strlen(name.data) == name.length ? fetch(name.data) : NULL;
  js_text_drop(&name);
  if (!md) return js_int(-1);
  for (int i = 0; i < state->digest_count; i++)
    if (EVP_MD_get_type(state->digests[i]) == EVP_MD_get_type(md) &&
        strcmp(EVP_MD_get0_name(state->digests[i]), EVP_MD_get0_name(md)) == 0) {
      EVP_MD_free(md);
      return js_int(i);
    }
  if (state->digest_count == CRYPTO_MAX_DIGESTS) {
    EVP_MD_free(md);
    return js_int(-1);
  }
  state->digests[state->digest_count] = md;
  return js_int(state->digest_count++);
}

// digestInfo(index) -> result length, negative where it is not fixed
JS_FN(crypto_digest_info) {
  EVP_MD *md = crypto_digest(JS_ARG(0));
  if (!md) return js_undefined();
  int size = EVP_MD_get_size(md);
  return js_int(EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF ? -size : size);
}

struct names {
  js_ctx ctx;
  js_obj list;
  unsigned count;
};

static void collect_name(const EVP_MD *md, const char *from, LODE_UNUSED const char *to, void *arg) {
  struct names *names = arg;
  EVP_MD *fetched = from ? fetch(from) : NULL;
  (void)md;
  if (!fetched) return;
  EVP_MD_free(fetched);
  js_set_index(names->ctx, names->list, names->count++, js_str(names->ctx, from));
}

// digestNames() -> every name that works, sorted
JS_FN(crypto_digest_names) {
  struct names names = {ctx, js_array(ctx, 0, NULL), 0};
  js_lock(ctx);
  EVP_MD_do_all_sorted(collect_name, &names);
  js_unlock(ctx);
  return names.list;
}

// ---- In steps ----

// hash(index, length): length is negative for the digest's own
JS_FN(crypto_hash_new) {
  EVP_MD *md = crypto_digest(JS_ARG(0));
  double length = js_to_num(JS_ARG(1), -1);
  if (!md) return js_undefined();
  struct hasher *h = lode_zalloc(sizeof *h);
  h->md = EVP_MD_CTX_new();
  h->xof = length >= 0;
  h->length = h->xof ? (size_t)length : (size_t)EVP_MD_get_size(md);
  if (!h->md || EVP_DigestInit_ex2(h->md, md, NULL) != 1) {
    hasher_free(h);
    return crypto_error(ctx);
  }
  return js_native_new(ctx, &hasher_type, h);
}

// hmac(index, key)
JS_FN(crypto_hmac_new) {
  struct crypto_state *state = crypto_state();
  EVP_MD *md = crypto_digest(JS_ARG(0));
  struct input key;
  if (!md || !input_take(ctx, JS_ARG(1), &key, exc)) return js_undefined();
  if (!state->hmac) state->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  struct hasher *h = lode_zalloc(sizeof *h);
  h->mac = state->hmac ? EVP_MAC_CTX_new(state->hmac) : NULL;
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)EVP_MD_get0_name(md), 0),
      OSSL_PARAM_END};
  bool ok = h->mac && EVP_MAC_init(h->mac, key.bytes, key.length, params) == 1;
  input_drop(&key);
  if (!ok) {
    hasher_free(h);
    return crypto_error(ctx);
  }
  h->length = EVP_MAC_CTX_get_mac_size(h->mac);
  return js_native_new(ctx, &hasher_type, h);
}

// update(hasher, text or bytes) -> whether it worked
JS_FN(crypto_update) {
  struct hasher *h = js_native_get(JS_ARG(0), &hasher_type);
  struct input in;
  if (!h || !input_take(ctx, JS_ARG(1), &in, exc)) return js_bool(false);
  int ok = h->md ? EVP_DigestUpdate(h->md, in.bytes, in.length) : EVP_MAC_update(h->mac, in.bytes, in.length);
  input_drop(&in);
  return js_bool(ok == 1);
}

static js_val hex_string(js_ctx ctx, const uint8_t *bytes, size_t length) {
  static const char digits[] = "0123456789abcdef";
  char small[256], *text = length <= sizeof small / 2 ? small : lode_alloc(length * 2);
  for (size_t i = 0; i < length; i++) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  js_val result = js_str_ascii(ctx, text, length * 2);
  if (text != small) free(text);
  return result;
}

static bool finish(struct hasher *h, uint8_t *out) {
  size_t written = h->length;
  unsigned size;
  if (h->mac) return EVP_MAC_final(h->mac, out, &written, h->length) == 1;
  if (h->length == 0) return true;
  if (h->xof && (EVP_MD_get_flags(EVP_MD_CTX_get0_md(h->md)) & EVP_MD_FLAG_XOF))
    return EVP_DigestFinalXOF(h->md, out, h->length) == 1;
  return EVP_DigestFinal_ex(h->md, out, &size) == 1;
}

// How a result is wanted; JavaScript uses the same numbers.
enum { AS_BYTES, AS_HEX, AS_BASE64, AS_BASE64URL };

static js_val base64_string(js_ctx ctx, const uint8_t *bytes, size_t length, bool for_urls) {
  char small[256], *text = length <= 180 ? small : lode_alloc(length / 3 * 4 + 8);
  size_t size = (size_t)EVP_EncodeBlock((unsigned char *)text, bytes, (int)length);
  if (for_urls) {
    while (size > 0 && text[size - 1] == '=') size--;
    for (size_t i = 0; i < size; i++) text[i] = text[i] == '+' ? '-' : text[i] == '/' ? '_' : text[i];
  }
  js_val result = js_str_ascii(ctx, text, size);
  if (text != small) free(text);
  return result;
}

// Consumes `out`.
static js_val finished_value(js_ctx ctx, uint8_t *out, size_t length, int as) {
  if (as == AS_BYTES || length > INT32_MAX / 2) return js_arraybuffer_take(ctx, out, length);
  js_val text =
      as == AS_HEX ? hex_string(ctx, out, length) : base64_string(ctx, out, length, as == AS_BASE64URL);
  free(out);
  return text;
}

// final(hasher, as) -> text or ArrayBuffer; the hasher is used up
JS_FN(crypto_final) {
  struct hasher *h = js_native_get(JS_ARG(0), &hasher_type);
  if (!h) return js_undefined();
  uint8_t *out = malloc(h->length + EVP_MAX_MD_SIZE);
  if (!out) return js_null();
  size_t length = h->length;
  bool ok = finish(h, out);
  js_native_clear(argv[0]);
  hasher_free(h);
  if (ok) return finished_value(ctx, out, length, js_to_int(JS_ARG(1), AS_BYTES));
  free(out);
  return crypto_error(ctx);
}

// copy(hasher, length)
JS_FN(crypto_copy) {
  struct hasher *from = js_native_get(JS_ARG(0), &hasher_type);
  double length = js_to_num(JS_ARG(1), -1);
  if (!from || !from->md) return js_undefined();
  struct hasher *h = lode_zalloc(sizeof *h);
  h->md = EVP_MD_CTX_new();
  h->xof = length >= 0;
  h->length = h->xof ? (size_t)length : (size_t)EVP_MD_CTX_get_size(from->md);
  if (!h->md || EVP_MD_CTX_copy_ex(h->md, from->md) != 1) {
    hasher_free(h);
    return crypto_error(ctx);
  }
  return js_native_new(ctx, &hasher_type, h);
}

// ---- In one go ----

static js_val once(js_ctx ctx, EVP_MD *md, const struct input *in, double wanted, int as) {
  size_t length = wanted >= 0 ? (size_t)wanted : (size_t)EVP_MD_get_size(md);
  struct hasher h = {.md = EVP_MD_CTX_new(), .length = length, .xof = wanted >= 0};
  uint8_t *out = malloc(length + EVP_MAX_MD_SIZE);
  bool ok = out && h.md && EVP_DigestInit_ex2(h.md, md, NULL) == 1 &&
            EVP_DigestUpdate(h.md, in->bytes, in->length) == 1 && finish(&h, out);
  EVP_MD_CTX_free(h.md);
  if (ok) return finished_value(ctx, out, length, as);
  free(out);
  return crypto_error(ctx);
}

// once(index, text or bytes, length, as)
JS_FN(crypto_once) {
  EVP_MD *md = crypto_digest(JS_ARG(0));
  struct input in;
  js_val result = js_undefined();
  js_lock(ctx); // one entry into the engine instead of three
  if (md && input_take(ctx, JS_ARG(1), &in, exc)) {
    result = once(ctx, md, &in, js_to_num(JS_ARG(2), -1), js_to_int(JS_ARG(3), AS_BYTES));
    input_drop(&in);
  }
  js_unlock(ctx);
  return result;
}

static const js_fn_spec functions[] = {
    {"digest", crypto_digest_index},
    {"digestInfo", crypto_digest_info},
    {"digestNames", crypto_digest_names},
    {"hash", crypto_hash_new},
    {"hmac", crypto_hmac_new},
    {"update", crypto_update},
    {"final", crypto_final},
    {"copy", crypto_copy},
    {"once", crypto_once},
};

void crypto_hash_init(js_ctx ctx, js_obj target) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}
