// SPDX-License-Identifier: MIT
//
// Starting a process: see launch.c.
#ifndef LODE_CHILD_PROCESS_LAUNCH_H
#define LODE_CHILD_PROCESS_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <uv.h>

struct child {
  pid_t pid; // 0 once its end was collected
  int ended; // a descriptor that becomes readable when it ends; -1 once closed
};

// As uv_spawn, of whose options it reads all that concern Unix but exit_cb: 0, or a negative errno, also
// where the program could not be started. The parent's ends of the pipes are open afterwards, unless no
// process could be made at all.
int child_launch(struct child *child, const uv_process_options_t *options);
// True when the child has ended: then its code, or its signal and 0.
bool child_collect(struct child *child, int64_t *code, int *signal);
int child_send_signal(const struct child *child, int signal);
// Closes the descriptor: only after the uv_poll_t on it was closed. The child may still run.
void child_forget(struct child *child);

#endif
