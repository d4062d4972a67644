// SPDX-License-Identifier: MIT
//
// node:os. Idea: C answers with rows of plain values or an error number; the objects are made here. Functions that
// take no arguments convert to their result (`${os.hostname}`). No state.
'use strict';

const native = binding('os');

function rejectSystem(errno, syscall) {
  const { codes } = require('internal/errors');
  const [code, message] = require('internal/uv_errors').byNumber.get(errno) ?? ['UNKNOWN', 'unknown error'];
  throw new codes.ERR_SYSTEM_ERROR({ errno, code, message, syscall });
}

// An answer of C: a negative number is an error of `syscall`.
function checked(value, syscall) {
  return typeof value === 'number' && value < 0 ? rejectSystem(value, syscall) : value;
}

const uname = (index) => checked(native.uname(), 'uv_os_uname')[index];

const simple = {
  arch: () => process.arch,
  availableParallelism: () => native.parallelism(),
  endianness: () => 'LE',
  freemem: () => native.freemem(),
  homedir: () => checked(native.homedir(), 'uv_os_homedir'),
  hostname: () => checked(native.hostname(), 'uv_os_gethostname'),
  platform: () => process.platform,
  release: () => uname(2),
  tmpdir,
  totalmem: () => native.totalmem(),
  type: () => uname(0),
  uptime: () => checked(native.uptime(), 'uv_uptime'),
  version: () => uname(1),
  machine: () => uname(3),
};
for (const name of Object.keys(simple)) {
  const fn = simple[name];
  fn[Symbol.toPrimitive] = () => fn();
}

function tmpdir() {
  const { env } = process;
  const path = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function cpus() {
  const rows = native.cpus();
  if (typeof rows === 'number') return [];
  return rows.map(([model, speed, user, nice, sys, idle, irq]) => ({
    model, speed, times: { user, nice, sys, idle, irq } }));
}

function loadavg() {
  return native.loadavg();
}

function networkInterfaces() {
  const { getCIDR } = require('internal/util');
  const faces = {};
  for (const row of checked(native.interfaces(), 'uv_interface_addresses')) {
    const [name, address, netmask, six, mac, internal, scopeid] = row;
    const family = six ? 'IPv6' : 'IPv4';
    const face = { address, netmask, family, mac, internal, cidr: getCIDR(address, netmask, family) };
    if (six) face.scopeid = scopeid;
    (faces[name] ??= []).push(face);
  }
  return faces;
}

function getPriority(pid) {
  if (pid === undefined) pid = 0;
  else require('internal/validators').validateInt32(pid, 'pid');
  const [error, priority] = native.getPriority(pid);
  return error < 0 ? rejectSystem(error, 'uv_os_getpriority') : priority;
}

function setPriority(pid, priority) {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  const { validateInt32 } = require('internal/validators');
  validateInt32(pid, 'pid');
  validateInt32(priority, 'priority', -20, 19);
  checked(native.setPriority(pid, priority), 'uv_os_setpriority');
}

function userInfo(options) {
  if (options !== undefined && options !== null) require('internal/validators').validateObject(options, 'options');
  const encoding = options?.encoding;
  const [uid, gid, username, homedir, shell] = checked(native.user(), 'uv_os_get_passwd');
  const text = (bytes) => {
    if (bytes === null) return null;
    const { Buffer } = require('buffer');
    const buffer = Buffer.from(bytes);
    if (encoding === 'buffer') return buffer;
    return buffer.toString(Buffer.isEncoding(encoding) ? encoding : 'utf8');
  };
  return { __proto__: null, uid, gid, username: text(username), homedir: text(homedir), shell: text(shell) };
}

const os = {
  arch: simple.arch,
  availableParallelism: simple.availableParallelism,
  cpus,
  endianness: simple.endianness,
  freemem: simple.freemem,
  getPriority,
  homedir: simple.homedir,
  hostname: simple.hostname,
  loadavg,
  networkInterfaces,
  platform: simple.platform,
  release: simple.release,
  setPriority,
  tmpdir,
  totalmem: simple.totalmem,
  type: simple.type,
  userInfo,
  uptime: simple.uptime,
  version: simple.version,
  machine: simple.machine,
};

function withoutPrototype(table) {
  return Object.setPrototypeOf(table, null);
}

const { constants } = native;
for (const name of ['dlopen', 'errno', 'signals', 'priority']) withoutPrototype(constants[name]);
Object.freeze(constants.signals);
withoutPrototype(constants);

Object.defineProperties(os, {
  constants: { value: constants, enumerable: true, writable: false, configurable: false },
  EOL: { value: '\n', enumerable: true, writable: false, configurable: true },
  devNull: { value: '/dev/null', enumerable: true, writable: false, configurable: true },
});

module.exports = os;
