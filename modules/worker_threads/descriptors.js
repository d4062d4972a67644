// SPDX-License-Identifier: MIT
//
// The descriptors that a worker's program opened by number: the thread closes at its end those that are left.
'use strict';

const { track } = binding('worker');

exports.install = function() {
  const unmanaged = require('fs/unmanaged');
  unmanaged.opened = (fd) => {
    if (!track(fd, true)) process.emitWarning(`File descriptor ${fd} opened in unmanaged mode twice`);
    return fd;
  };
  unmanaged.closed = (fd) => {
    if (!track(fd, false)) process.emitWarning(`File descriptor ${fd} closed but not opened in unmanaged mode`);
  };
};
