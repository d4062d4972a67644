// SPDX-License-Identifier: MIT
//
// Socket addresses between libuv and JavaScript, and sockets that are to share one. Threads: any; the js_
// functions: the engine's.
#ifndef LODE_IO_ADDRESS_H
#define LODE_IO_ADDRESS_H

#include "runtime/env/env.h"

// Parses a numeric address (IPv6, with %scope too, where it has a colon). 0 or UV_EINVAL.
int lode_address_parse(const char *text, int port, struct sockaddr_storage *out);
// The same from JavaScript values.
int lode_address_from_js(js_ctx ctx, js_val text, js_val port, struct sockaddr_storage *out);
// [address, port, family 4 | 6]; undefined for other families.
js_val lode_address_to_js(js_ctx ctx, const struct sockaddr *address);
// A socket with SO_REUSEPORT, which has to be set before bind, while libuv creates sockets in bind. Its
// descriptor, or a negative errno.
int lode_reuseport_socket(int family, int type);

#endif
