// SPDX-License-Identifier: MIT
//
// process in a worker: what concerns the whole process is the main thread's, and says so.
'use strict';

const { codes } = require('internal/errors');

const REFUSED = ['abort', 'chdir', 'send', 'disconnect', 'setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups', 'execve'];
const ABSENT = ['_startProfilerIdleNotifier', '_stopProfilerIdleNotifier', '_debugProcess', '_debugPause', '_debugEnd'];

function replace(name, value) {
  Object.defineProperty(process, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
}

function refuseCall(name) {
  const refused = { [name]() { throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}()`); } }[name];
  refused.disabled = true;
  replace(name, refused);
}

function refuseReading(name) {
  Object.defineProperty(process, name, {
    __proto__: null, configurable: true, enumerable: false,
    get() { throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}`); },
  });
}

function umask(mask) {
  if (mask !== undefined) throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('Setting process.umask()');
  return require('process/methods').umask();
}

exports.restrict = function(title) {
  for (const name of REFUSED) refuseCall(name);
  for (const name of ABSENT) delete process[name];
  refuseReading('channel');
  refuseReading('connected');
  replace('umask', umask);
  replace('title', title);
};
