// SPDX-License-Identifier: MIT
//
// Child processes: the binding 'child_process'. The child's standard streams are pipes that JavaScript made
// beforehand; the end of the child is one event, onexit(object, code, signal).
#include "modules/child_process/launch.h"
#include "modules/child_process/options.h"
#include "modules/child_process/sync.h"
#include "runtime/io/handle.h"
#include "runtime/io/uv_stream.h"

#include <stdlib.h>

struct child_state {
  js_ref onexit;
};

extern const lode_binding lode_binding_child_process;

static void on_end(uv_poll_t *poll, LODE_UNUSED int status, LODE_UNUSED int events) {
  lode_io_handle *handle = poll->data;
  struct child_state *state = binding_state(handle->env, &lode_binding_child_process);
  int64_t code;
  int signal;
  if (!child_collect(handle->extra, &code, &signal)) return;
  uv_poll_stop(poll);
  if (!handle->object.value || !state->onexit.value) return;
  env_enter(handle->env);
  js_val argv[] = {handle->object.value, js_num((double)code), js_int(signal)};
  env_call(handle->env, js_as_object(state->onexit.value), NULL, 3, argv);
  env_leave(handle->env);
}

static void drop_child(void *child) {
  child_forget(child);
  free(child);
}

// The handle of a running child, or NULL and a negative errno.
static lode_io_handle *launch(lode_env *env, const uv_process_options_t *options, int *error) {
  struct child child;
  *error = child_launch(&child, options);
  if (*error) return NULL;
  lode_io_handle *handle = lode_io_handle_new(env, UV_POLL);
  handle->extra = lode_zalloc(sizeof child);
  handle->drop = drop_child;
  memcpy(handle->extra, &child, sizeof child);
  *error = uv_poll_init(env_loop(env), &handle->uv.poll, child.ended);
  handle->uv.any.data = handle;
  CHECK(*error == 0); // the kernel made it to be polled
  uv_poll_start(&handle->uv.poll, UV_READABLE, on_end);
  return handle;
}

static struct child *child_from(js_val native) {
  lode_io_handle *handle = lode_io_handle_from(native, UV_POLL);
  return handle ? handle->extra : NULL;
}

static int take_stdio(js_ctx ctx, js_val value, struct spawn_options *options) {
  if (!js_is_object(ctx, value)) return UV_EINVAL;
  js_obj list = js_as_object(value);
  uint32_t count = js_length(ctx, list) / STDIO_FIELDS;
  options->stdio = lode_zalloc(sizeof *options->stdio * (count ? count : 1));
  for (uint32_t i = 0; i < count; i++) {
    uv_stdio_container_t *entry = &options->stdio[i];
    js_val what = js_get_index(ctx, list, i * STDIO_FIELDS + 1);
    int kind = js_to_int(js_get_index(ctx, list, i * STDIO_FIELDS), STDIO_IGNORE);
    lode_uv_stream *stream =
        kind == STDIO_PIPE || kind == STDIO_STREAM ? lode_uv_stream_from(what, UV_UNKNOWN_HANDLE) : NULL;
    if ((kind == STDIO_PIPE || kind == STDIO_STREAM) && !stream) return UV_EBADF;
    if (stream) entry->data.stream = &stream->uv.stream;
    if (kind == STDIO_PIPE)
      entry->flags = UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE;
    else if (kind == STDIO_STREAM)
      entry->flags = UV_INHERIT_STREAM;
    else if (kind == STDIO_FD)
      entry->flags = UV_INHERIT_FD, entry->data.fd = js_to_int(what, -1);
    else
      entry->flags = UV_IGNORE;
  }
  options->uv.stdio = options->stdio;
  options->uv.stdio_count = (int)count;
  return 0;
}

// spawn(file, args, env, cwd, flags, uid, gid, stdio): a native, or a negative errno.
JS_FN(child_spawn) {
  lode_env *env = env_current();
  struct spawn_options options;
  js_lock(ctx);
  int result = spawn_options_take(ctx, argc, argv, &options);
  if (result == 0) result = take_stdio(ctx, JS_ARG(7), &options);
  lode_io_handle *handle = result == 0 ? launch(env, &options.uv, &result) : NULL;
  spawn_options_drop(&options);
  js_val answer = handle ? handle->native.value : js_int(result);
  js_unlock(ctx);
  return answer;
}

JS_FN(child_pid) {
  struct child *child = child_from(JS_ARG(0));
  return js_int(child ? child->pid : 0);
}

JS_FN(child_kill) {
  struct child *child = child_from(JS_ARG(0));
  return js_int(child ? child_send_signal(child, js_to_int(JS_ARG(1), 0)) : UV_ESRCH);
}

JS_FN(child_setup) {
  struct child_state *state = binding_state(env_current(), &lode_binding_child_process);
  state->onexit = js_ref_take(ctx, JS_ARG(0));
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"setup", child_setup}, {"spawn", child_spawn},          {"pid", child_pid},
    {"kill", child_kill},   {"spawnSync", child_spawn_sync},
};

static const js_num_spec numbers[] = {
    {"DETACHED", UV_PROCESS_DETACHED}, {"IGNORE", STDIO_IGNORE}, {"PIPE", STDIO_PIPE}, {"FD", STDIO_FD},
    {"STREAM", STDIO_STREAM},
};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_define_numbers(ctx, target, numbers, LODE_COUNT(numbers));
}

static void teardown(lode_env *env, void *memory) {
  struct child_state *state = memory;
  js_ref_drop(env_ctx(env), &state->onexit);
}

LODE_BINDING(child_process, sizeof(struct child_state), init, teardown);
