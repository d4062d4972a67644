// SPDX-License-Identifier: MIT
//
// Sockets that a server accepted and that live in another process now: they count as the server's connections until
// that process reports them closed, or is gone. One object per channel.

'use strict';

class RemoteSockets {
  constructor() {
    this.byServer = new Map(); // server -> { key, server, count }
    this.byKey = new Map();
    this.lastKey = 0;
  }

  // Returns the key under which the other process reports.
  add(server) {
    let entry = this.byServer.get(server);
    if (entry === undefined) {
      entry = { key: ++this.lastKey, server, count: 0 };
      this.byServer.set(server, entry);
      this.byKey.set(entry.key, entry);
      server._setupWorker(entry);
    }
    entry.count++;
    return entry.key;
  }

  remove(key) {
    const entry = this.byKey.get(key);
    if (entry === undefined) return;
    if (--entry.count === 0) this.drop(entry);
  }

  drop(entry) {
    this.byServer.delete(entry.server);
    this.byKey.delete(entry.key);
    const { _workers } = entry.server;
    const at = _workers.indexOf(entry);
    if (at >= 0) _workers.splice(at, 1);
    entry.server._emitCloseIfDrained();
  }

  dropAll() {
    for (const entry of [...this.byKey.values()]) this.drop(entry);
  }
}

module.exports = { RemoteSockets };
