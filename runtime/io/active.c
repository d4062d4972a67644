// SPDX-License-Identifier: MIT
//
// Which handles are open and referenced: the binding 'io_active', for process._getActiveHandles and its kin.
#include "runtime/io/handle.h"
#include "runtime/io/uv_stream.h"

struct walk {
  js_ctx ctx;
  js_obj list;
  unsigned count;
};

static void visit(uv_handle_t *handle, void *arg) {
  struct walk *walk = arg;
  if (uv_is_closing(handle) || !uv_has_ref(handle)) return;
  js_val object = lode_uv_stream_object(handle);
  if (!object) object = lode_io_handle_object(handle);
  if (object) js_set_index(walk->ctx, walk->list, walk->count++, object);
}

// list(): the JavaScript objects of such streams, datagram sockets and children
JS_FN(active_list) {
  struct walk walk = {ctx, js_array(ctx, 0, NULL), 0};
  uv_walk(env_loop(env_current()), visit, &walk);
  return walk.list;
}

static const js_fn_spec functions[] = {{"list", active_list}};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(io_active, 0, init, NULL);
