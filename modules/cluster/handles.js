// SPDX-License-Identifier: MIT
//
// What the primary listens on for its workers. RoundRobin accepts itself and hands each connection to the next free
// worker; SharedHandle gives every worker the listening handle and lets the kernel choose who wakes first; ReservedPort
// keeps a port for the workers, each of which listens on it with a socket and a queue of its own (SO_REUSEPORT).

'use strict';

const net = require('net');
const { sendMessage } = require('cluster/base');
const { TCP_IPV6ONLY } = require('runtime/io/handles');

const offers = new Map(); // worker -> connections that it was handed and has not answered for

function noteOffer(worker, offer) {
  const list = offers.get(worker);
  if (list === undefined) offers.set(worker, new Set([offer]));
  else list.add(offer);
}

// A worker whose channel closed answers before it touches a connection: what it did not answer for, others may have.
function takeBack(worker) {
  const list = offers.get(worker);
  offers.delete(worker);
  if (list === undefined) return;
  for (const { dealer, client } of list) {
    if (dealer.handle === null) client.close();
    else dealer.distribute(client);
  }
}

class RoundRobin {
  constructor(key, address, { port, fd, flags, backlog }) {
    this.key = key;
    this.data = undefined;
    this.all = new Map();
    this.free = new Map();
    this.waiting = []; // accepted, not given to anyone yet
    this.handle = null;
    this.server = net.createServer();
    this.failed = 0;
    this.pending = [];
    this.server.once('listening', () => this.ready());
    this.server.once('error', (error) => this.fail(error));
    if (fd >= 0) this.server.listen({ fd, backlog });
    else if (port >= 0) this.server.listen({ port, host: address || undefined, ipv6Only: Boolean(flags & TCP_IPV6ONLY), backlog });
    else this.server.listen({ path: address, backlog });
  }

  ready() {
    this.handle = this.server._handle;
    this.handle.onconnection = (status, client) => {
      if (status === 0) this.distribute(client);
    };
    this.server._handle = null;
    for (const resume of this.pending.splice(0)) resume();
  }

  fail(error) {
    this.failed = error.errno;
    for (const resume of this.pending.splice(0)) resume();
  }

  add(worker, reply) {
    this.all.set(worker.id, worker);
    const answer = () => {
      if (this.failed) {
        reply(this.failed, null, null);
        return;
      }
      const out = {};
      const hasName = this.handle.getsockname && this.handle.getsockname(out) === 0;
      reply(null, hasName ? { sockname: out } : null, null);
      this.handoff(worker);
    };
    if (this.handle !== null || this.failed) answer();
    else this.pending.push(answer);
  }

  // True when nobody is left.
  remove(worker) {
    if (!this.all.delete(worker.id)) return false;
    this.free.delete(worker.id);
    if (this.all.size !== 0) return false;
    for (const client of this.waiting) client.close();
    this.waiting = [];
    if (this.handle) this.handle.close();
    this.handle = null;
    return true;
  }

  distribute(client) {
    this.waiting.push(client);
    const [first] = this.free;
    if (first === undefined) return;
    this.free.delete(first[0]);
    this.handoff(first[1]);
  }

  handoff(worker) {
    if (!this.all.has(worker.id)) return;
    const client = this.waiting.shift();
    if (client === undefined) {
      this.free.set(worker.id, worker);
      return;
    }
    if (!worker.process.connected) {
      this.distribute(client);
      return;
    }
    const offer = { dealer: this, client };
    noteOffer(worker, offer);
    sendMessage(worker.process, { act: 'newconn', key: this.key }, client, (reply) => {
      offers.get(worker)?.delete(offer);
      if (reply.accepted) client.close();
      else this.distribute(client);
      this.handoff(worker);
    });
  }
}

class SharedHandle {
  constructor(key, address, options) {
    this.key = key;
    this.data = undefined;
    this.workers = new Map();
    this.handle = null;
    this.errno = 0;
    const made = this.make(address, options);
    if (typeof made === 'number') this.errno = made;
    else this.handle = made;
  }

  // A handle, or a negative errno.
  make(address, { port, addressType, fd, flags }) {
    const udp = addressType === 'udp4' || addressType === 'udp6';
    return udp ? require('dgram/handle').createHandle(address, port, addressType, fd, flags) :
      net._createServerHandle(address, port, addressType, fd, flags);
  }

  add(worker, reply) {
    this.workers.set(worker.id, worker);
    reply(this.errno, null, this.handle);
  }

  remove(worker) {
    if (!this.workers.delete(worker.id)) return false;
    if (this.workers.size !== 0) return false;
    if (this.handle) this.handle.close();
    this.handle = null;
    return true;
  }
}

// Bound, but never listening: so the kernel deals connections to the workers' sockets alone.
class ReservedPort extends SharedHandle {
  constructor(key, address, options) {
    super(key, address, options);
    this.place = undefined;
    if (this.handle === null) return;
    const name = {};
    this.errno = this.handle.getsockname(name);
    this.place = { address: name.address, port: name.port };
  }

  make(address, { port, addressType, flags }) {
    return net._createServerHandle(address, port, addressType, undefined, flags, true);
  }

  add(worker, reply) {
    this.workers.set(worker.id, worker);
    reply(this.errno, { reusePort: this.place }, null);
  }
}

module.exports = { ReservedPort, RoundRobin, SharedHandle, takeBack };
