// SPDX-License-Identifier: MIT
//
// The C half of os: what libuv knows of the machine. Each function answers with a value, an array of plain
// rows, or a negative error number. No state.
#include "modules/os/os.h"
#include "runtime/env/env.h"

#include <stdio.h>
#include <stdlib.h>

// Calls one of libuv's functions that fill a buffer and report the size they need.
static js_val sized_text(js_ctx ctx, int (*get)(char *, size_t *)) {
  size_t size = 256;
  char *text = lode_alloc(size);
  int error = get(text, &size);
  if (error == UV_ENOBUFS) {
    text = lode_realloc(text, size);
    error = get(text, &size);
  }
  js_val value = error ? js_int(error) : js_str_utf8(ctx, text, size);
  free(text);
  return value;
}

JS_FN(fn_hostname) { return sized_text(ctx, uv_os_gethostname); }
JS_FN(fn_homedir) { return sized_text(ctx, uv_os_homedir); }

JS_FN(fn_uname) { // -> [sysname, version, release, machine]
  uv_utsname_t names;
  int error = uv_os_uname(&names);
  if (error) return js_int(error);
  js_lock(ctx);
  js_val parts[] = {js_str(ctx, names.sysname), js_str(ctx, names.version), js_str(ctx, names.release),
                    js_str(ctx, names.machine)};
  js_val value = js_array(ctx, LODE_COUNT(parts), parts);
  js_unlock(ctx);
  return value;
}

JS_FN(fn_uptime) {
  double seconds;
  int error = uv_uptime(&seconds);
  return error ? js_int(error) : js_num(seconds);
}

JS_FN(fn_loadavg) {
  double load[3];
  uv_loadavg(load);
  js_val values[] = {js_num(load[0]), js_num(load[1]), js_num(load[2])};
  return js_array(ctx, LODE_COUNT(values), values);
}

JS_FN(fn_freemem) { return js_num((double)uv_get_free_memory()); }
JS_FN(fn_totalmem) { return js_num((double)uv_get_total_memory()); }
JS_FN(fn_parallelism) { return js_num(uv_available_parallelism()); }

JS_FN(fn_get_priority) { // -> [error, priority]
  int priority = 0;
  int error = uv_os_getpriority((uv_pid_t)js_to_int(JS_ARG(0), 0), &priority);
  js_val values[] = {js_int(error), js_int(priority)};
  return js_array(ctx, LODE_COUNT(values), values);
}

JS_FN(fn_set_priority) {
  return js_int(uv_os_setpriority((uv_pid_t)js_to_int(JS_ARG(0), 0), js_to_int(JS_ARG(1), 0)));
}

JS_FN(fn_cpus) { // -> [[model, speed, user, nice, sys, idle, irq], ...]
  uv_cpu_info_t *cpus;
  int count;
  int error = uv_cpu_info(&cpus, &count);
  if (error) return js_int(error);
  js_lock(ctx);
  js_obj rows = js_array(ctx, 0, NULL);
  for (int i = 0; i < count; i++) {
    const uv_cpu_info_t *cpu = &cpus[i];
    js_val row[] = {js_str(ctx, cpu->model),
                    js_int(cpu->speed),
                    js_num((double)cpu->cpu_times.user),
                    js_num((double)cpu->cpu_times.nice),
                    js_num((double)cpu->cpu_times.sys),
                    js_num((double)cpu->cpu_times.idle),
                    js_num((double)cpu->cpu_times.irq)};
    js_set_index(ctx, rows, (unsigned)i, js_array(ctx, LODE_COUNT(row), row));
  }
  js_unlock(ctx);
  uv_free_cpu_info(cpus, count);
  return rows;
}

static js_val interface_row(js_ctx ctx, const uv_interface_address_t *face) {
  char address[INET6_ADDRSTRLEN], netmask[INET6_ADDRSTRLEN], mac[18];
  const uint8_t *m = (const uint8_t *)face->phys_addr;
  snprintf(mac, sizeof mac, "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2], m[3], m[4], m[5]);
  bool six = face->address.address4.sin_family == AF_INET6;
  if (six) {
    uv_ip6_name(&face->address.address6, address, sizeof address);
    uv_ip6_name(&face->netmask.netmask6, netmask, sizeof netmask);
  } else {
    uv_ip4_name(&face->address.address4, address, sizeof address);
    uv_ip4_name(&face->netmask.netmask4, netmask, sizeof netmask);
  }
  js_val row[] = {js_str(ctx, face->name),
                  js_str(ctx, address),
                  js_str(ctx, netmask),
                  js_bool(six),
                  js_str(ctx, mac),
                  js_bool(face->is_internal),
                  six ? js_num(face->address.address6.sin6_scope_id) : js_int(-1)};
  return js_array(ctx, LODE_COUNT(row), row);
}

JS_FN(fn_interfaces) { // -> [[name, address, netmask, isIPv6, mac, internal, scope], ...]
  uv_interface_address_t *faces;
  int count;
  int error = uv_interface_addresses(&faces, &count);
  if (error == UV_ENOSYS) return js_array(ctx, 0, NULL);
  if (error) return js_int(error);
  js_lock(ctx);
  js_obj rows = js_array(ctx, 0, NULL);
  unsigned at = 0;
  for (int i = 0; i < count; i++) {
    int family = faces[i].address.address4.sin_family;
    if (family == AF_INET || family == AF_INET6) js_set_index(ctx, rows, at++, interface_row(ctx, &faces[i]));
  }
  js_unlock(ctx);
  uv_free_interface_addresses(faces, count);
  return rows;
}

// Text as bytes, because names in the password file need not be UTF-8; null where there is none.
static js_val bytes_of(js_ctx ctx, const char *text) {
  return text ? js_uint8array_copy(ctx, text, strlen(text)) : js_null();
}

JS_FN(fn_user) { // -> [uid, gid, username, homedir, shell]
  uv_passwd_t user;
  int error = uv_os_get_passwd(&user);
  if (error) return js_int(error);
  js_lock(ctx);
  js_val row[] = {js_num((double)user.uid), js_num((double)user.gid), bytes_of(ctx, user.username),
                  bytes_of(ctx, user.homedir), bytes_of(ctx, user.shell)};
  js_val value = js_array(ctx, LODE_COUNT(row), row);
  js_unlock(ctx);
  uv_os_free_passwd(&user);
  return value;
}

static const js_fn_spec functions[] = {
    {"hostname", fn_hostname},
    {"homedir", fn_homedir},
    {"uname", fn_uname},
    {"uptime", fn_uptime},
    {"loadavg", fn_loadavg},
    {"freemem", fn_freemem},
    {"totalmem", fn_totalmem},
    {"parallelism", fn_parallelism},
    {"getPriority", fn_get_priority},
    {"setPriority", fn_set_priority},
    {"cpus", fn_cpus},
    {"interfaces", fn_interfaces},
    {"user", fn_user},
};

static void os_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_obj constants = js_object(ctx);
  os_define_constants(ctx, constants);
  js_set(ctx, target, "constants", constants);
}

LODE_BINDING(os, 0, os_init, NULL);
