// SPDX-License-Identifier: MIT
//
// The JavaScript face of a libuv datagram socket.

'use strict';

const { asyncIdOf, bindCallback, dispatch, enterHandle } = require('runtime/io/context');
const udp = binding('udp');
const handles = binding('io_handle');

const BROADCAST = 0;
const TTL = 1;
const MULTICAST_TTL = 2;
const MULTICAST_LOOP = 3;

class UDP {
  constructor(native = udp.create()) {
    this.native = native;
    this.frame = undefined;
    this.asyncId = 0;
    this.triggerId = 0;
    this.owner = null;
    this.onmessage = null; // (handle, nread, arrayBuffer, [address, port, family])
    this.lookup = null;
    if (typeof native === 'object') handles.attach(native, this);
    enterHandle(this, 'UDPWRAP');
  }

  get resourceName() { return 'UDPWrap'; }
  open(fd) { return udp.open(this.native, fd); }
  bind(address, port, flags, reusePort) { return udp.bind(this.native, address, port, flags, reusePort); }
  connect(address, port) { return udp.connect(this.native, address, port); }
  disconnect() { return udp.disconnect(this.native); }
  send(list, address, port, callback) { return udp.send(this.native, list, address, port, bindCallback(callback, 'UDPSENDWRAP')); }
  recvStart() { return udp.receive(this.native, true); }
  recvStop() { return udp.receive(this.native, false); }
  sockname() { return udp.sockname(this.native); }
  peername() { return udp.peername(this.native); }
  setBroadcast(on) { return udp.option(this.native, BROADCAST, on ? 1 : 0); }
  setTTL(value) { return udp.option(this.native, TTL, value); }
  setMulticastTTL(value) { return udp.option(this.native, MULTICAST_TTL, value); }
  setMulticastLoopback(on) { return udp.option(this.native, MULTICAST_LOOP, on ? 1 : 0); }
  setMulticastInterface(address) { return udp.multicastInterface(this.native, address); }
  membership(group, iface, source, join) { return udp.membership(this.native, group, iface, source, join); }
  bufferSize(size, receive) { return udp.bufferSize(this.native, size, receive); }
  queue() { return udp.queue(this.native); }
  get fd() { return udp.fd(this.native); }
  close(callback) { handles.close(this.native, callback); }
  ref() { handles.setRef(this.native, true); }
  unref() { handles.setRef(this.native, false); }
  hasRef() { return handles.hasRef(this.native); }
  getAsyncId() { return asyncIdOf(this); }
}

udp.setup((handle, nread, bytes, from) => dispatch(handle, receive, nread, bytes, from),
          (callback, status, length) => callback(status, length));

function receive(nread, bytes, from) {
  this.onmessage?.(this, nread, bytes, from);
}

// For the primary of a cluster: a bound handle or a negative errno.
function createHandle(address, port, addressType, fd, flags) {
  const handle = new UDP();
  const result = typeof fd === 'number' && fd >= 0 ? handle.open(fd) :
    handle.bind(address || (addressType === 'udp6' ? '::' : '0.0.0.0'), port || 0, flags || 0, false);
  if (!result) return handle;
  handle.close();
  return result;
}

module.exports = { UDP, IPV6ONLY: udp.IPV6ONLY, REUSEADDR: udp.REUSEADDR, createHandle };
