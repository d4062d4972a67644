// SPDX-License-Identifier: MIT
//
// Shared by the two C halves of dns: the system's lookups (lookup.c) and DNS queries (resolver.c).
#ifndef LODE_DNS_H
#define LODE_DNS_H

#include <pthread.h>
#include "runtime/env/env.h"

struct resolver;

struct dns_state {
  lode_env *env;
  struct resolver *live; // engine's thread only
  struct resolver *dead; // collected by the engine, waiting to be destroyed; under the lock
  pthread_mutex_t lock;
  bool library;  // ares_library_init succeeded
  int answering; // callbacks of c-ares on the stack
};

extern const lode_binding lode_binding_dns;
void dns_define_resolver(lode_env *env, js_ctx ctx, js_obj target, struct dns_state *state);

#endif
