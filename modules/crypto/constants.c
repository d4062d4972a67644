// SPDX-License-Identifier: MIT
//
// crypto.constants: the numbers of the OpenSSL that lode was built with.
#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/engine.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include "modules/crypto/crypto.h"

#define N(name)                                                                                              \
  { #name, (double)(name) }
static const js_num_spec numbers[] = {
    N(OPENSSL_VERSION_NUMBER),
    N(SSL_OP_ALL),
    N(SSL_OP_ALLOW_NO_DHE_KEX),
    N(SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION),
    N(SSL_OP_CIPHER_SERVER_PREFERENCE),
    N(SSL_OP_CISCO_ANYCONNECT),
    N(SSL_OP_COOKIE_EXCHANGE),
    N(SSL_OP_CRYPTOPRO_TLSEXT_BUG),
    N(SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS),
    N(SSL_OP_LEGACY_SERVER_CONNECT),
    N(SSL_OP_NO_COMPRESSION),
    N(SSL_OP_NO_ENCRYPT_THEN_MAC),
    N(SSL_OP_NO_QUERY_MTU),
    N(SSL_OP_NO_RENEGOTIATION),
    N(SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION),
    N(SSL_OP_NO_SSLv2),
    N(SSL_OP_NO_SSLv3),
    N(SSL_OP_NO_TICKET),
    N(SSL_OP_NO_TLSv1),
    N(SSL_OP_NO_TLSv1_1),
    N(SSL_OP_NO_TLSv1_2),
    N(SSL_OP_NO_TLSv1_3),
    N(SSL_OP_PRIORITIZE_CHACHA),
    N(SSL_OP_TLS_ROLLBACK_BUG),
    N(ENGINE_METHOD_RSA),
    N(ENGINE_METHOD_DSA),
    N(ENGINE_METHOD_DH),
    N(ENGINE_METHOD_RAND),
    N(ENGINE_METHOD_EC),
    N(ENGINE_METHOD_CIPHERS),
    N(ENGINE_METHOD_DIGESTS),
    N(ENGINE_METHOD_PKEY_METHS),
    N(ENGINE_METHOD_PKEY_ASN1_METHS),
    N(ENGINE_METHOD_ALL),
    N(ENGINE_METHOD_NONE),
    {"DH_CHECK_P_NOT_SAFE_PRIME", DH_CHECK_P_NOT_SAFE_PRIME},
    {"DH_CHECK_P_NOT_PRIME", DH_CHECK_P_NOT_PRIME},
    N(DH_UNABLE_TO_CHECK_GENERATOR),
    N(DH_NOT_SUITABLE_GENERATOR),
    N(RSA_PKCS1_PADDING),
    N(RSA_NO_PADDING),
    N(RSA_PKCS1_OAEP_PADDING),
    N(RSA_X931_PADDING),
    N(RSA_PKCS1_PSS_PADDING),
    N(RSA_PSS_SALTLEN_DIGEST),
    {"RSA_PSS_SALTLEN_MAX_SIGN", -2},
    N(RSA_PSS_SALTLEN_AUTO),
    N(TLS1_VERSION),
    N(TLS1_1_VERSION),
    N(TLS1_2_VERSION),
    N(TLS1_3_VERSION),
    N(POINT_CONVERSION_COMPRESSED),
    N(POINT_CONVERSION_UNCOMPRESSED),
    N(POINT_CONVERSION_HYBRID),
};
#undef N

void crypto_constants_init(js_ctx ctx, js_obj target) {
  js_obj constants = js_object(ctx);
  js_define_numbers(ctx, constants, numbers, LODE_COUNT(numbers));
  js_set(ctx, target, "constants", constants);
}
