// SPDX-License-Identifier: MIT
//
// The binding 'ports': ends of channels as JavaScript holds them.
//
// A port is a native object that owns an end. As long as nobody can hear it, that is all: it is collected
// like any object, and its end is forgotten. Once something listens (`open`), it has a handle in the loop,
// which the other ends wake, and the loop holds it until it is closed or its end is moved to another thread.
// Messages are delivered in batches: as many as waited when the loop came by, but at least a thousand, each
// in an entry of its own.
#include "modules/worker_threads/ports.h"

#include <stdlib.h>

enum { BATCH = 1000 };

typedef struct lode_port {
  lode_handle handle; // first: see runtime/env/handle.h
  lode_env *env;
  ports_state *state;
  lode_channel_end *end; // NULL once closed or moved
  js_ref native, object; // while open
  bool open, closing;
  bool started;                 // messages are delivered
  bool delivering, close_after; // closed by a listener: what waits is delivered first
  lode_ringer ringer;
  uv_async_t async; // never sent: it closes, and keeps the loop alive or not
} lode_port;

// On any thread, and only for a port that is not open.
static void collected(void *pointer) {
  lode_port *port = pointer;
  if (port->end && __atomic_load_n(&port->state->dying, __ATOMIC_RELAXED))
    lode_channel_close(port->end);
  else if (port->end)
    lode_channel_forget(port->end);
  free(port);
}

static const js_native_type port_type = {"MessagePort", collected};

ports_state *ports_state_of(lode_env *env) { return binding_state(env, &lode_binding_ports); }
static ports_state *here(void) { return ports_state_of(env_current()); }

static js_obj port_new(js_ctx ctx, lode_channel_end *end) {
  lode_port *port = lode_zalloc(sizeof *port);
  port->env = env_current();
  port->state = here();
  port->end = end;
  return js_native_new(ctx, &port_type, port);
}

static js_val open_end(js_ctx ctx, void *end) { return port_new(ctx, end); }
static void release_end(void *end) { lode_channel_close(end); }
const lode_thing_type lode_thing_end = {"MessagePort", NULL, release_end, open_end};

static lode_port *port_of(js_val native) { return js_native_get(native, &port_type); }

// ---- Closing ----

static void on_closed(uv_handle_t *uv) {
  lode_port *port = LODE_CONTAINER((uv_async_t *)uv, lode_port, async);
  lode_env *env = port->env;
  js_ctx ctx = env_enter(env);
  js_native_clear(port->native.value);
  js_ref object = port->object;
  js_ref_drop(ctx, &port->native);
  if (port->end) lode_channel_close(port->end); // the other end learns of it now
  free(port);
  ports_state *state = ports_state_of(env);
  if (state->closed.value) env_call(env, js_as_object(state->closed.value), NULL, 1, &object.value);
  js_ref_drop(ctx, &object);
  env_leave(env);
}

// Nothing is delivered any more.
static void close_handle(lode_port *port) {
  if (!port->open || port->closing) return;
  port->closing = true;
  if (port->end) lode_channel_sleep(port->end);
  lode_doorbell_leave(&port->state->bell, &port->ringer);
  uv_close((uv_handle_t *)&port->async, on_closed);
}

static lode_channel_end *take_end(lode_port *port) {
  close_handle(port);
  lode_channel_end *end = port->end;
  port->end = NULL;
  return end;
}

static void port_close(lode_port *port) {
  if (port->delivering)
    port->close_after = true;
  else if (port->open)
    close_handle(port);
  else if (port->end)
    lode_channel_close(take_end(port));
}

static void close_at_teardown(uv_handle_t *uv) {
  port_close(LODE_CONTAINER((uv_async_t *)uv, lode_port, async));
}

// ---- Delivering ----

static void deliver(lode_port *port, lode_parcel *parcel) {
  lode_env *env = port->env;
  ports_state *state = ports_state_of(env);
  js_ctx ctx = env_enter(env);
  ports_read(state, ctx, parcel);
  js_val argv[] = {port->object.value, js_num(parcel->words), ports_text(ctx, parcel)};
  env_call(env, js_as_object(state->deliver.value), NULL, 3, argv);
  ports_read(state, ctx, NULL);
  env_leave(env);
}

// Delivers up to so many; true where more may wait. Listeners may close, stop or move the port; it is freed
// no earlier than in the loop's last phase.
static bool deliver_some(lode_port *port, unsigned most) {
  for (; port->end && !port->closing && !env_stopping(port->env); most--) {
    if (!most) return true;
    lode_parcel *parcel = lode_channel_take(port->end, !port->started);
    if (!parcel) return false;
    if (!parcel->closes) {
      deliver(port, parcel);
      continue;
    }
    lode_parcel_drop(parcel);
    port->close_after = true;
    return false;
  }
  return false;
}

static void on_ring(lode_ringer *ringer) {
  lode_port *port = LODE_CONTAINER(ringer, lode_port, ringer);
  if (!port->end || port->closing) return;
  unsigned waiting = lode_channel_waiting(port->end);
  port->delivering = true;
  bool more = deliver_some(port, waiting < BATCH ? BATCH : waiting);
  port->delivering = false;
  if (port->close_after)
    port_close(port);
  else if (more && port->end && !port->closing)
    lode_doorbell_ring(&port->state->bell, &port->ringer);
}

static void wake(void *arg) {
  lode_port *port = arg;
  lode_doorbell_ring(&port->state->bell, &port->ringer);
}

// ---- Operations ----

// pair() -> [native, native]
JS_FN(ports_pair) {
  lode_channel_end *ends[2];
  lode_channel_pair(ends);
  js_lock(ctx);
  js_val pair[] = {port_new(ctx, ends[0]), port_new(ctx, ends[1])};
  js_obj result = js_array(ctx, 2, pair);
  js_unlock(ctx);
  return result;
}

// A program's channels and those of lode's own have names that begin differently.
#define PROGRAMS "name:"
#define THREADS "thread:"

// join(name) -> native: an end of the broadcast channel of that name
JS_FN(ports_join) {
  js_text name;
  if (!js_text_take(ctx, JS_ARG(0), &name, exc)) return js_undefined();
  for (size_t i = 0; i < name.length; i++)
    if (!name.data[i]) name.data[i] = '\xff'; // no byte of UTF-8
  char *full = lode_sprintf(PROGRAMS "%s", name.data);
  js_text_drop(&name);
  lode_channel_end *end = lode_channel_join(full);
  free(full);
  return port_new(ctx, end);
}

// joinThread(id) -> native: the end that belongs to the thread of that id
JS_FN(ports_join_thread) {
  char *name = lode_sprintf(THREADS "%.0f", js_to_num(JS_ARG(0), 0));
  lode_channel_end *end = lode_channel_join(name);
  free(name);
  return port_new(ctx, end);
}

// postTo(id, depth, words, ...strings) -> whether (1) there was such an end
JS_FN(ports_post_to) {
  lode_parcel *parcel = ports_parcel_take(here(), ctx, argc - 1, argv + 1);
  char *name = lode_sprintf(THREADS "%.0f", js_to_num(JS_ARG(0), 0));
  unsigned count = lode_channel_post_to(name, parcel);
  free(name);
  return js_int((int)count);
}

// open(native, object): something listens on object; the handle does not keep the loop alive yet
JS_FN(ports_open) {
  lode_port *port = port_of(JS_ARG(0));
  if (!port || port->open || !port->end) return js_undefined();
  int error = lode_doorbell_open(&port->state->bell, port->env);
  if (error)
    return js_throw_error(ctx, exc, "Error", uv_err_name(error), "%s: a port cannot listen",
                          uv_strerror(error));
  CHECK(uv_async_init(env_loop(port->env), &port->async, NULL) == 0);
  lode_doorbell_add(&port->state->bell, &port->ringer, on_ring);
  uv_unref((uv_handle_t *)&port->async);
  port->async.data = port;
  port->handle.close = close_at_teardown;
  port->open = true;
  js_lock(ctx);
  port->native = js_ref_take(ctx, JS_ARG(0));
  port->object = js_ref_take(ctx, JS_ARG(1));
  js_unlock(ctx);
  lode_channel_listen(port->end, wake, port);
  return js_undefined();
}

// start(native, on): deliver messages from now on, or no more
JS_FN(ports_start) {
  lode_port *port = port_of(JS_ARG(0));
  if (!port || !port->open || !port->end || port->closing) return js_undefined();
  port->started = js_is_true(JS_ARG(1));
  if (port->started && lode_channel_waiting(port->end)) wake(port);
  return js_undefined();
}

// ref(native, on)
JS_FN(ports_ref) {
  lode_port *port = port_of(JS_ARG(0));
  if (!port || !port->open || port->closing) return js_undefined();
  if (js_is_true(JS_ARG(1)))
    uv_ref((uv_handle_t *)&port->async);
  else
    uv_unref((uv_handle_t *)&port->async);
  return js_undefined();
}

JS_FN(ports_has_ref) {
  lode_port *port = port_of(JS_ARG(0));
  return js_bool(port && port->open && uv_has_ref((uv_handle_t *)&port->async));
}

// close(native): 'closed' is called later where the port was open
JS_FN(ports_close) {
  lode_port *port = port_of(JS_ARG(0));
  if (port) port_close(port);
  return js_undefined();
}

JS_FN(ports_is_detached) {
  lode_port *port = port_of(JS_ARG(0));
  return js_bool(!port || !port->end || port->closing);
}

// samePair(native, native): whether they are the two ends of one channel
JS_FN(ports_same_pair) {
  lode_port *a = port_of(JS_ARG(0)), *b = port_of(JS_ARG(1));
  return js_bool(a && b && a->end && b->end && lode_channel_same(a->end, b->end));
}

// post(native, depth, words, ...strings) -> how many other ends there were
JS_FN(ports_post) {
  lode_port *port = port_of(JS_ARG(0));
  lode_parcel *parcel = ports_parcel_take(here(), ctx, argc - 1, argv + 1);
  if (port && port->end && !port->closing) return js_int((int)lode_channel_post(port->end, parcel));
  lode_parcel_drop(parcel);
  return js_int(0);
}

// broadcast(native, depth, words, ...strings) -> how many
JS_FN(ports_broadcast) {
  lode_port *port = port_of(JS_ARG(0));
  lode_parcel *parcel = ports_parcel_take(here(), ctx, argc - 1, argv + 1);
  parcel->common = true;
  if (port && port->end && !port->closing) return js_int((int)lode_channel_post(port->end, parcel));
  lode_parcel_drop(parcel);
  return js_int(0);
}

// receive(native) -> words of the message that is now being read; -1: none waits
JS_FN(ports_receive) {
  lode_port *port = port_of(JS_ARG(0));
  lode_parcel *parcel = port && port->end ? lode_channel_take(port->end, false) : NULL;
  if (!parcel) return js_int(-1);
  if (parcel->closes) {
    lode_parcel_drop(parcel);
    port_close(port);
    return js_int(-1);
  }
  js_lock(ctx);
  ports_read(here(), ctx, parcel);
  js_unlock(ctx);
  return js_num(parcel->words);
}

// addPort(depth, native) -> number: the end moves into the message; the port is closed without a word to the
// other
JS_FN(ports_add_port) {
  lode_port *port = port_of(JS_ARG(1));
  CHECK(port && port->end);
  return js_num(
      lode_parts_add_thing(&ports_draft_at(here(), JS_ARG(0))->parts, &lode_thing_end, take_end(port)));
}

// setup(deliver, closed)
JS_FN(ports_setup) {
  ports_state *state = here();
  js_lock(ctx);
  state->deliver = js_ref_take(ctx, JS_ARG(0));
  state->closed = js_ref_take(ctx, JS_ARG(1));
  js_unlock(ctx);
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"setup", ports_setup},        {"pair", ports_pair},
    {"join", ports_join},          {"joinThread", ports_join_thread},
    {"postTo", ports_post_to},     {"open", ports_open},
    {"start", ports_start},        {"ref", ports_ref},
    {"hasRef", ports_has_ref},     {"close", ports_close},
    {"post", ports_post},          {"broadcast", ports_broadcast},
    {"receive", ports_receive},    {"addPort", ports_add_port},
    {"samePair", ports_same_pair}, {"isDetached", ports_is_detached},
};

static void ports_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  ports_parcels_define(ctx, target);
  ports_atoms_define(ctx, target);
  // Of the environment: no other of this process ever had it.
  static atomic_uint environments;
  js_set(ctx, target, "unique", js_num(atomic_fetch_add(&environments, 1)));
}

static void ports_teardown(lode_env *env, void *pointer) {
  ports_state *state = pointer;
  js_ctx ctx = env_ctx(env);
  __atomic_store_n(&state->dying, true, __ATOMIC_RELAXED);
  if (state->current) lode_parcel_drop(state->current);
  state->current = NULL;
  for (lode_parcel *parcel; (parcel = state->by_number);) {
    state->by_number = parcel->next;
    lode_parcel_drop(parcel);
  }
  js_ref_drop(ctx, &state->deliver);
  js_ref_drop(ctx, &state->closed);
  ports_tape_drop(state, ctx);
  lode_doorbell_end(&state->bell);
  lode_pool_end(&state->pool);
}

LODE_BINDING(ports, sizeof(ports_state), ports_init, ports_teardown);
