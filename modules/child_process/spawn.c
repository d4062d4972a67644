// SPDX-License-Identifier: MIT
//
// Child processes: the binding 'child_process'. The child's standard streams are pipes that JavaScript made
// beforehand; the end of the child is one event, onexit(object, code, signal).
#include "modules/child_process/options.h"
#include "modules/child_process/sync.h"
#include "runtime/io/handle.h"
#include "runtime/io/uv_stream.h"

#include <stdlib.h>

struct child_state {
  js_ref onexit;
};

extern const lode_binding lode_binding_child_process;

static void on_exit_event(uv_process_t *process, int64_t code, int signal) {
  lode_io_handle *handle = process->data;
  struct child_state *state = binding_state(handle->env, &lode_binding_child_process);
  if (!handle->object.value || !state->onexit.value) return;
  env_enter(handle->env);
  js_val argv[] = {handle->object.value, js_num((double)code), js_int(signal)};
  env_call(handle->env, js_as_object(state->onexit.value), NULL, 3, argv);
  env_leave(handle->env);
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
  lode_io_handle *handle = NULL;
  js_val native = js_undefined();
  if (result == 0) {
    handle = lode_io_handle_new(env, UV_PROCESS);
    native = handle->native.value;
    options.uv.exit_cb = on_exit_event;
    result = uv_spawn(env_loop(env), &handle->uv.process, &options.uv);
    handle->uv.any.data = handle;
    if (result < 0) lode_io_handle_close(handle);
  }
  spawn_options_drop(&options);
  js_unlock(ctx);
  return result < 0 ? js_int(result) : native;
}

JS_FN(child_pid) {
  lode_io_handle *handle = lode_io_handle_from(JS_ARG(0), UV_PROCESS);
  return js_int(handle ? uv_process_get_pid(&handle->uv.process) : 0);
}

JS_FN(child_kill) {
  lode_io_handle *handle = lode_io_handle_from(JS_ARG(0), UV_PROCESS);
  return js_int(handle ? uv_process_kill(&handle->uv.process, js_to_int(JS_ARG(1), 0)) : UV_ESRCH);
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
