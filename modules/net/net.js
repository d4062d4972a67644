// SPDX-License-Identifier: MIT
//
// The module `net`: its parts under one roof. net/socket streams, net/connect connects, net/server listens.

'use strict';

const { isIP, isIPv4, isIPv6 } = require('net/address');
const { Socket } = require('net/socket');
const connecting = require('net/connect');
const { Server, createServerHandle } = require('net/server');

function createServer(options, listener) {
  return new Server(options, listener);
}

function connect(...args) {
  const pair = connecting.normalizeArgs(args);
  const options = pair[0];
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(pair);
}

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: connecting.normalizeArgs,
  get BlockList() { return require('net/blocklist').BlockList; },
  get SocketAddress() { return require('net/address').SocketAddress; },
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily: connecting.getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily: connecting.setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout: connecting.getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout: connecting.setDefaultAutoSelectFamilyAttemptTimeout,
};
