// SPDX-License-Identifier: MIT
//
// Socket.prototype.connect: from arguments to a connected handle.
//
// Three roads: a path (one attempt), an address or a name that resolves to one (one attempt), a name with several
// addresses (attempts in turn, families alternating, each with its own time limit: happy eyeballs).

'use strict';

const { codes, exceptionWithHostPort } = require('internal/errors');
const { validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString } = require('internal/validators');
const { TCP, Pipe } = require('runtime/io/handles');
const sockets = require('net/socket');
const { isIP } = require('net/address');
const diagnostics = require('internal/diagnostics');
const { Socket, adoptHandle, applyOptions } = sockets;
const timing = require('runtime/io/timing');

const UV_ETIMEDOUT = -110;
const UV_ECANCELED = -125;
const MIN_ATTEMPT_TIMEOUT = 10;

const normalized = Symbol('normalized arguments');
const defaults = { autoSelectFamily: true, attemptTimeout: 500, read: false };

// ---- Arguments: (options|path|port[, host][, callback]) ----

function isPipeName(value) {
  return typeof value === 'string' && toNumber(value) === false;
}

function toNumber(value) {
  return Number(value) >= 0 && value !== '' ? Number(value) : false;
}

function normalizeArgs(args) {
  if (args.length === 1 && args[0] !== null && typeof args[0] === 'object' && args[0][normalized]) return args[0];
  let options = {};
  const first = args[0];
  if (typeof first === 'object' && first !== null) {
    options = first;
  } else if (isPipeName(first)) {
    options.path = first;
  } else if (args.length !== 0) {
    options.port = first;
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
  }
  const last = args[args.length - 1];
  const result = [options, args.length !== 0 && typeof last === 'function' ? last : null];
  Object.defineProperty(result, normalized, { value: true });
  return result;
}

// ---- Defaults that the command line and programs may change ----

function readDefaults() {
  if (defaults.read) return;
  defaults.read = true;
  const { getOptionValue } = require('internal/options');
  try {
    const on = getOptionValue('--network-family-autoselection');
    if (typeof on === 'boolean') defaults.autoSelectFamily = on;
    const timeout = getOptionValue('--network-family-autoselection-attempt-timeout');
    if (Number(timeout) > 0) defaults.attemptTimeout = Math.max(Number(timeout), MIN_ATTEMPT_TIMEOUT);
  } catch {
    // An option that the command line does not know keeps its default.
  }
}

function getDefaultAutoSelectFamily() {
  readDefaults();
  return defaults.autoSelectFamily;
}
function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  readDefaults();
  defaults.autoSelectFamily = value;
}
function getDefaultAutoSelectFamilyAttemptTimeout() {
  readDefaults();
  return defaults.attemptTimeout;
}
function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  readDefaults();
  defaults.attemptTimeout = Math.max(value, MIN_ATTEMPT_TIMEOUT);
}

// ---- connect ----

Socket.prototype.connect = function(...args) {
  const [options, callback] = normalizeArgs(Array.isArray(args[0]) && args[0][normalized] ? args[0] : args);
  if (diagnostics.on('net.client.socket')) diagnostics.publish('net.client.socket', { socket: this });
  if (callback !== null) this.once('connect', callback);
  if (this._parent && this._parent.connecting) return this;
  if (this.connecting && !this.destroyed) return this;

  // A socket may be used for another connection once it is closed.
  if (this.write !== Socket.prototype.write && this._reusable !== false && Object.hasOwn(this, 'write')) delete this.write;
  if (this.destroyed) {
    this._undestroy();
    this._handle = null;
    this._peername = null;
    this._sockname = null;
  }
  const { path } = options;
  if (path === undefined || path === null || path === false || path === '') checkTcpOptions(options);
  else validateString(path, 'options.path');

  if (!this._handle) {
    this._handle = path ? new Pipe() : new TCP();
    adoptHandle(this);
  }
  rememberOptions(this, options);
  if (this[sockets.kTimeout] !== null) this._unrefTimer();
  this.connecting = true;
  if (path) connectPath(this, path);
  else lookupAndConnect(this, options);
  return this;
};

function rememberOptions(socket, options) {
  if (options.onread && !socket[sockets.kUserBuffer]) {
    socket[sockets.kUserBuffer] = sockets.userBuffer(options.onread);
    adoptHandle(socket);
  }
  if (options.keepAlive) socket[sockets.kKeepAlive] = true;
  if (options.keepAliveInitialDelay) {
    socket[sockets.kKeepAliveDelay] = sockets.keepAliveSeconds(options.keepAliveInitialDelay);
  }
  if (options.noDelay) socket[sockets.kNoDelay] = true;
  if (options.typeOfService !== undefined) socket[sockets.kTos] = options.typeOfService;
}

function checkTcpOptions(options) {
  if (options.host !== undefined && options.host !== null && options.host !== '') validateString(options.host, 'options.host');
  const { port, localAddress, localPort, autoSelectFamily, autoSelectFamilyAttemptTimeout } = options;
  if (localAddress && !isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (port === undefined) {
    throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
  }
  if (typeof port !== 'number' && typeof port !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
  }
  validatePort(port);
  if (autoSelectFamily !== undefined && autoSelectFamily !== null) validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  if (autoSelectFamilyAttemptTimeout !== undefined && autoSelectFamilyAttemptTimeout !== null) {
    validateInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
  }
  if (options.lookup !== undefined && options.lookup !== null) validateFunction(options.lookup, 'options.lookup');
}

function connectPath(socket, path) {
  const result = socket._handle.connect(path, (status) => afterConnect(socket, status, path, undefined));
  if (result < 0) {
    process.nextTick(failConnect, socket, exceptionWithHostPort(result, 'connect', path));
  } else if (result === 1) {
    process.nextTick(afterConnect, socket, 0, path, undefined);
  }
}

function failConnect(socket, error) {
  if (socket.connecting) socket.destroy(error);
}

function lookupAndConnect(socket, options) {
  const host = options.host || 'localhost';
  const port = +options.port | 0;
  let autoSelect = options.autoSelectFamily;
  if (autoSelect === undefined || autoSelect === null) autoSelect = getDefaultAutoSelectFamily();

  const family = isIP(host);
  if (family) {
    process.nextTick(connectNow, socket, host, port, family, options);
    return;
  }
  const dns = require('dns');
  const query = { family: socketFamily(options.family), hints: options.hints || 0 };
  if (query.family !== 4 && query.family !== 6 && query.hints === 0) query.hints = dns.ADDRCONFIG;
  socket._host = host;
  const lookup = options.lookup || dns.lookup;
  if (autoSelect && query.family !== 4 && query.family !== 6 && !options.localAddress) {
    query.all = true;
    lookup(host, query, (error, addresses) => onAddresses(socket, options, host, port, error, addresses));
    return;
  }
  lookup(host, query, (error, address, kind) => {
    socket.emit('lookup', error, address, kind, host);
    if (!socket.connecting) return;
    if (error) process.nextTick(failLookup, socket, error, options);
    else connectToFound(socket, options, host, port, address, kind);
  });
}

function socketFamily(family) {
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  return family;
}

function failLookup(socket, error) {
  socket.destroy(error);
}

function connectToFound(socket, options, host, port, address, kind) {
  if (!isIP(address)) {
    process.nextTick(failConnect, socket, new codes.ERR_INVALID_IP_ADDRESS(address));
  } else if (kind !== 4 && kind !== 6) {
    process.nextTick(failConnect, socket, new codes.ERR_INVALID_ADDRESS_FAMILY(kind, options.host, options.port));
  } else {
    socket._unrefTimer();
    connectNow(socket, address, port, kind, options);
  }
}

function bindLocal(handle, family, options) {
  const { localAddress, localPort } = options;
  if (!localAddress && !localPort) return null;
  const address = localAddress || (family === 6 ? '::' : '0.0.0.0');
  const result = handle.bind(address, localPort || 0, 0);
  return result ? exceptionWithHostPort(result, 'bind', address, localPort) : null;
}

function blocked(options, address, family) {
  return options.blockList?.check?.(address, `ipv${family}`) ? new codes.ERR_IP_BLOCKED(address) : null;
}

// One attempt at a known address.
function connectNow(socket, address, port, family, options) {
  if (!socket.connecting) return;
  const refusal = blocked(options, address, family) || bindLocal(socket._handle, family, options);
  if (refusal) {
    socket.destroy(refusal);
    return;
  }
  socket.emit('connectionAttempt', address, port, family);
  if (!socket.connecting || !socket._handle) return;
  const started = timing.begin('net');
  const result = socket._handle.connect(address, port, (status) => {
    if (status === 0) timing.finish(started, 'net', 'connect', { host: address, port });
    if (status !== 0) {
      const error = connectError(socket, status, address, port, options);
      socket.emit('connectionAttemptFailed', address, port, family, error);
    }
    afterConnect(socket, status, address, port, options);
  });
  if (result) {
    socket.destroy(connectError(socket, result, address, port, options));
  }
}

// Names the local end where the program chose it.
function connectError(socket, status, address, port, options) {
  const local = options?.localAddress || options?.localPort ? socket._handle?.sockname?.() : undefined;
  const details = Array.isArray(local) && local[1] ? `${local[0]}:${local[1]}` : undefined;
  return exceptionWithHostPort(status, 'connect', address, port, details);
}

function afterConnect(socket, status, address, port, options) {
  if (socket.destroyed || !socket.connecting) return;
  if (status !== 0) {
    socket.connecting = false;
    if (status !== UV_ECANCELED) socket.destroy(connectError(socket, status, address, port, options));
    return;
  }
  connected(socket);
}

function connected(socket) {
  socket.connecting = false;
  socket._sockname = null;
  socket._unrefTimer();
  applyOptions(socket);
  socket.emit('connect');
  socket.emit('ready');
  // Start reading, unless the program paused: an EOF or a reset must be noticed.
  if (socket.readable && !socket.isPaused()) socket.read(0);
}

// ---- Several addresses ----

function onAddresses(socket, options, host, port, error, addresses) {
  if (!socket.connecting) return;
  if (error) {
    socket.emit('lookup', error, undefined, undefined, host);
    process.nextTick(failLookup, socket, error);
    return;
  }
  const byFamily = { 4: [], 6: [] };
  let first = 0;
  for (const { address, family } of addresses) {
    socket.emit('lookup', null, address, family, host);
    if (!isIP(address) || (family !== 4 && family !== 6)) continue;
    if (first === 0) first = family;
    byFamily[family].push(address);
  }
  if (!socket.connecting) return;
  const list = interleave(byFamily, first);
  if (list.length === 0) {
    refuseAddresses(socket, options, addresses[0]);
    return;
  }
  if (list.length === 1) {
    socket._unrefTimer();
    connectNow(socket, list[0].address, port, list[0].family, options);
    return;
  }
  let timeout = options.autoSelectFamilyAttemptTimeout ?? getDefaultAutoSelectFamilyAttemptTimeout();
  if (timeout < MIN_ATTEMPT_TIMEOUT) timeout = MIN_ATTEMPT_TIMEOUT;
  socket.autoSelectFamilyAttemptedAddresses = [];
  nextAttempt({ socket, options, port, list, index: 0, errors: [], timeout, timer: null });
}

function refuseAddresses(socket, options, first) {
  const error = first && isIP(first.address) ?
    new codes.ERR_INVALID_ADDRESS_FAMILY(first.family, options.host, options.port) :
    new codes.ERR_INVALID_IP_ADDRESS(first?.address);
  process.nextTick(failConnect, socket, error);
}

function interleave(byFamily, first) {
  const list = [];
  const one = byFamily[first] || [];
  const other = byFamily[first === 4 ? 6 : 4];
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    if (i < one.length) list.push({ address: one[i], family: first });
    if (i < other.length) list.push({ address: other[i], family: first === 4 ? 6 : 4 });
  }
  return list;
}

function nextAttempt(state) {
  const { socket, port } = state;
  if (!socket.connecting) return;
  if (state.index === state.list.length) {
    socket.destroy(summary(state.errors));
    return;
  }
  const { address, family } = state.list[state.index++];
  const refusal = prepareAttempt(state, address, family);
  if (refusal) {
    state.errors.push(refusal);
    socket.emit('connectionAttemptFailed', address, port, family, refusal);
    nextAttempt(state);
    return;
  }
  socket.emit('connectionAttempt', address, port, family);
  if (!socket.connecting || !socket._handle) return;
  socket.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  const attempt = { state, address, family, handle: socket._handle, over: false, started: timing.begin('net') };
  const result = attempt.handle.connect(address, port, (status) => attemptEnded(attempt, status));
  if (result) {
    attemptFailed(attempt, connectError(socket, result, address, port));
    return;
  }
  if (state.index < state.list.length) {
    state.timer = require('timers').setTimeout(attemptTimedOut, state.timeout, attempt);
  }
}

// Every attempt after the first needs a socket of its own in the kernel.
function prepareAttempt(state, address, family) {
  const { socket, options } = state;
  if (state.index > 1) {
    const old = socket._handle;
    if (old) {
      old.onread = () => {};
      old.close();
    }
    socket._handle = new TCP();
    adoptHandle(socket);
  }
  return blocked(options, address, family) || bindLocal(socket._handle, family, options);
}

function stopTimer(state) {
  if (state.timer === null) return;
  require('timers').clearTimeout(state.timer);
  state.timer = null;
}

function attemptEnded(attempt, status) {
  const { state } = attempt;
  if (attempt.over) return;
  stopTimer(state);
  attempt.over = true;
  if (!state.socket.connecting || state.socket.destroyed) return;
  if (status === 0) {
    timing.finish(attempt.started, 'net', 'connect', { host: attempt.address, port: state.port });
    connected(state.socket);
  } else attemptFailed(attempt, connectError(state.socket, status, attempt.address, state.port));
}

function attemptFailed(attempt, error) {
  const { state, address, family } = attempt;
  attempt.over = true;
  state.errors.push(error);
  state.socket.emit('connectionAttemptFailed', address, state.port, family, error);
  nextAttempt(state);
}

function attemptTimedOut(attempt) {
  const { state, address, family } = attempt;
  state.timer = null;
  if (attempt.over || !state.socket.connecting) return;
  attempt.over = true;
  state.socket.emit('connectionAttemptTimeout', address, state.port, family);
  state.errors.push(exceptionWithHostPort(UV_ETIMEDOUT, 'connect', address, state.port));
  nextAttempt(state);
}

// An AggregateError with the first error's code, as programs look at .code.
function summary(errors) {
  if (errors.length === 1) return errors[0];
  const error = new AggregateError(errors);
  error.code = errors[0].code;
  return error;
}

module.exports = {
  normalizeArgs,
  normalized,
  isPipeName,
  toNumber,
  getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout,
};
