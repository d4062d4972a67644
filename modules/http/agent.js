// SPDX-License-Identifier: MIT
//
// Agent: which socket serves which request. Sockets are kept by the name of their destination, in three places:
// `sockets` (in use), `freeSockets` (kept alive for the next request), and `requests` (those that wait for one).
//
// `totalSocketCount` counts a socket from its creation to its 'close'; what limits new ones is the number in use.
'use strict';

const EventEmitter = require('events');
const net = require('net');
const { validateNumber, validateOneOf, validateString } = require('internal/validators');

const kRequestOptions = Symbol('requestOptions');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.options = { __proto__: null, ...options };
  this.defaultPort = this.options.defaultPort || 80;
  this.protocol = this.options.protocol || 'http:';
  this.options.noDelay ??= true;
  // A `path` would make net connect to a pipe.
  this.options.path = null;
  this.requests = { __proto__: null };
  this.sockets = { __proto__: null };
  this.freeSockets = { __proto__: null };
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  const buffer = this.options.agentKeepAliveTimeoutBuffer;
  this.agentKeepAliveTimeoutBuffer = typeof buffer === 'number' && buffer >= 0 && Number.isFinite(buffer) ? buffer : 1000;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets;
  this.totalSocketCount = 0;
  validateOneOf(this.scheduling, 'scheduling', ['fifo', 'lifo']);
  if (this.maxTotalSockets !== undefined) validateNumber(this.maxTotalSockets, 'maxTotalSockets', 1);
  else this.maxTotalSockets = Infinity;
  this.on('free', (socket, opts) => onFree(this, socket, opts));
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);

Agent.defaultMaxSockets = Infinity;
const proto = Agent.prototype;

proto.createConnection = net.createConnection;

proto.getName = function getName(options = {}) {
  let name = options.host || 'localhost';
  name += ':';
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  // Without a family both are tried, which is a destination of its own.
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

function completed(agent, req, options) {
  options = { __proto__: null, ...options, ...agent.options };
  if (options.socketPath) options.path = options.socketPath;
  normalizeServerName(options, req);
  return options;
}

function normalizeServerName(options, req) {
  if (options.servername || options.servername === '') return;
  options.servername = serverNameOf(options, req);
}

function serverNameOf(options, req) {
  const hostHeader = req.getHeader('host');
  if (!hostHeader) return options.host;
  validateString(hostHeader, 'options.headers.host');
  const name = hostHeader[0] === '[' ? hostHeader.slice(1, hostHeader.indexOf(']')) : hostHeader.split(':', 1)[0];
  return net.isIP(name) ? '' : name;
}

function inUse(agent, name) {
  return (agent.sockets[name]?.length ?? 0) + (agent.freeSockets[name]?.length ?? 0);
}

// Idle sockets do not keep another destination's requests waiting.
function hasRoom(agent) {
  if (agent.maxTotalSockets === Infinity) return true;
  let count = 0;
  for (const name in agent.sockets) count += agent.sockets[name].length;
  return count < agent.maxTotalSockets;
}

function takeFree(agent, name) {
  const free = agent.freeSockets[name];
  if (!free) return undefined;
  while (free.length && free[0].destroyed) free.shift();
  const socket = agent.scheduling === 'fifo' ? free.shift() : free.pop();
  if (!free.length) delete agent.freeSockets[name];
  return socket;
}

proto.addRequest = function addRequest(req, options, port, localAddress) {
  if (typeof options === 'string') options = { __proto__: null, host: options, port, localAddress };
  options = completed(this, req, options);
  const name = this.getName(options);
  this.sockets[name] ||= [];
  const socket = takeFree(this, name);
  if (socket) {
    this.reuseSocket(socket, req);
    assign(this, req, socket);
    this.sockets[name].push(socket);
  } else if (inUse(this, name) < this.maxSockets && hasRoom(this)) {
    this.createSocket(req, options, (error, made) => {
      if (error) req.onSocket(made, error);
      else assign(this, req, made);
    });
  } else {
    req[kRequestOptions] = options;
    (this.requests[name] ||= []).push(req);
  }
};

proto.createSocket = function createSocket(req, options, callback) {
  options = completed(this, req, options);
  // The host that the request named may differ from the one that serves it.
  const timeout = req.timeout;
  if (timeout) options.timeout = timeout;
  const name = this.getName(options);
  options._agentKey = name;
  options.encoding = null;
  if (this.keepAlive) {
    options.keepAlive = this.keepAlive;
    options.keepAliveInitialDelay = this.keepAliveMsecs;
  }
  let called = false;
  const created = (error, socket) => {
    if (called) return;
    called = true;
    if (error) {
      callback(error);
      return;
    }
    (this.sockets[name] ||= []).push(socket);
    this.totalSocketCount++;
    watch(this, socket, options);
    callback(null, socket);
  };
  const socket = this.createConnection(options, created);
  if (socket) created(null, socket);
};

// ---- The life of a socket ----

function watch(agent, socket, options) {
  function onFreed() {
    agent.emit('free', socket, options);
  }
  function onClose() {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
  }
  function onTimeout() {
    // Idle ones only: a request's timeout is the request's business.
    for (const name of Object.keys(agent.freeSockets)) {
      if (agent.freeSockets[name].includes(socket)) {
        socket.destroy();
        return;
      }
    }
  }
  function onRemove() {
    agent.totalSocketCount--;
    agent.removeSocket(socket, options);
    socket.removeListener('close', onClose);
    socket.removeListener('free', onFreed);
    socket.removeListener('timeout', onTimeout);
    socket.removeListener('agentRemove', onRemove);
  }
  socket.on('free', onFreed);
  socket.on('close', onClose);
  socket.on('timeout', onTimeout);
  socket.on('agentRemove', onRemove);
}

function onFree(agent, socket, options) {
  const name = agent.getName(options);
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const waiting = agent.requests[name];
  if (waiting && waiting.length) {
    const req = waiting.shift();
    if (waiting.length === 0) delete agent.requests[name];
    assign(agent, req, socket);
    return;
  }
  const req = socket._httpMessage;
  if (!req || !req.shouldKeepAlive || !agent.keepAlive || isFull(agent, name) || !agent.keepSocketAlive(socket)) {
    socket.destroy();
    return;
  }
  const free = agent.freeSockets[name] ||= [];
  socket._httpMessage = null;
  agent.removeSocket(socket, options);
  socket.once('error', onIdleError);
  free.push(socket);
}

function isFull(agent, name) {
  const free = agent.freeSockets[name]?.length ?? 0;
  return agent.totalSocketCount > agent.maxTotalSockets || inUse(agent, name) > agent.maxSockets ||
    free >= agent.maxFreeSockets;
}

function onIdleError() {
  this.destroy();
  this.emit('agentRemove');
}

function assign(agent, req, socket) {
  socket.removeListener('error', onIdleError);
  req.onSocket(socket);
  const agentTimeout = agent.options.timeout || 0;
  if (req.timeout === undefined || req.timeout === agentTimeout) return;
  socket.setTimeout(req.timeout);
}

function removeFrom(lists, name, socket) {
  const list = lists[name];
  if (!list) return;
  const at = list.indexOf(socket);
  if (at < 0) return;
  list.splice(at, 1);
  if (list.length === 0) delete lists[name];
}

proto.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options);
  removeFrom(this.sockets, name, socket);
  if (!socket.writable) removeFrom(this.freeSockets, name, socket);
  const req = nextWaiting(this, name);
  if (!req) return;
  const opts = req[kRequestOptions] ?? options;
  const target = this.getName(opts);
  if (inUse(this, target) >= this.maxSockets || !hasRoom(this)) return;
  // The place that became free goes to a request that waits.
  this.createSocket(req, opts, (error, made) => {
    if (error) process.nextTick(() => req.emit('error', error));
    else made.emit('free');
  });
};

function nextWaiting(agent, name) {
  const own = agent.requests[name];
  if (own && own.length) return own[0];
  for (const key of Object.keys(agent.requests)) {
    // Another destination's request may have waited for the total to go down.
    if (!agent.sockets[key] || agent.maxTotalSockets !== Infinity) {
      const list = agent.requests[key];
      if (list.length) return list[0];
    }
  }
  return undefined;
}

proto.keepSocketAlive = function keepSocketAlive(socket) {
  socket.setKeepAlive(true, this.keepAliveMsecs);
  socket.unref();
  let timeout = this.options.timeout || 0;
  let keep = true;
  const hint = socket._httpMessage?.res?.headers['keep-alive'];
  const match = hint ? /(?:^|,\s*)timeout=(\d+)/.exec(hint) : null;
  if (match) {
    // Less than the server says: what is sent when it closes is lost.
    const hinted = Number(match[1]) * 1000 - this.agentKeepAliveTimeoutBuffer;
    if (hinted <= 0) keep = false;
    else if (timeout === 0 || hinted < timeout) timeout = hinted;
  }
  if (socket.timeout !== timeout) socket.setTimeout(timeout);
  return keep;
};

proto.reuseSocket = function reuseSocket(socket, req) {
  req.reusedSocket = true;
  socket.ref();
};

proto.destroy = function destroy() {
  for (const lists of [this.freeSockets, this.sockets]) {
    for (const name of Object.keys(lists)) {
      for (const socket of lists[name].slice()) socket.destroy();
    }
  }
};

let globalAgent;

module.exports = {
  Agent,
  get globalAgent() {
    return globalAgent ??= new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
  },
  set globalAgent(agent) { globalAgent = agent; },
};
