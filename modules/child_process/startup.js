// SPDX-License-Identifier: MIT
//
// The first steps of a process that was forked: the channel to the parent, the worker's side of a cluster. The
// variables that told of them are removed, so that grandchildren do not inherit them.

'use strict';

exports.run = function() {
  const { env } = process;
  const fd = Number.parseInt(env.NODE_CHANNEL_FD, 10);
  const serialization = env.NODE_CHANNEL_SERIALIZATION_MODE || 'json';
  delete env.NODE_CHANNEL_FD;
  delete env.NODE_CHANNEL_SERIALIZATION_MODE;
  if (!(fd >= 0)) return;
  require('child_process/ipc').setupChild(fd, serialization);
  if (env.NODE_UNIQUE_ID === undefined) return;
  require('cluster')._setupWorker();
  delete env.NODE_UNIQUE_ID;
};
