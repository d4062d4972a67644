// SPDX-License-Identifier: MIT
//
// libuv handles that are no streams (datagram sockets, child processes) as JavaScript sees them: a native, an
// object that is given to events, reference counting, close. The binding 'io_handle' works on all of them.
//
// Life: as with streams. lode_io_handle_new, then the uv init; lode_io_handle_abandon where that failed;
// after it only closing frees.
#ifndef LODE_IO_HANDLE_H
#define LODE_IO_HANDLE_H

#include "runtime/env/handle.h"

typedef struct lode_io_handle {
  lode_handle handle; // first: teardown reads it through uv.any.data
  lode_env *env;
  js_ref native, object, closed;
  void *extra; // the module's own, freed at the end with `drop`, or else with free()
  void (*drop)(void *extra);
  bool closing;
  union {
    uv_handle_t any;
    uv_udp_t udp;
    uv_poll_t poll;
  } uv; // last, and cut to the size of its type
} lode_io_handle;

lode_io_handle *lode_io_handle_new(lode_env *env, uv_handle_type type);
void lode_io_handle_abandon(lode_io_handle *handle);
void lode_io_handle_close(lode_io_handle *handle);
// The open handle behind a native when it is of this type, else NULL.
lode_io_handle *lode_io_handle_from(js_val native, uv_handle_type type);
// The JavaScript object of any uv handle that is one of these; NULL for others.
js_val lode_io_handle_object(const uv_handle_t *handle);

#endif
