// SPDX-License-Identifier: MIT
//
// What both sides of a cluster share: the Worker object and the numbered messages over the channel.

'use strict';

const EventEmitter = require('events');

function Worker(options) {
  if (!(this instanceof Worker)) return new Worker(options);
  EventEmitter.call(this);
  if (options === null || typeof options !== 'object') options = {};
  this.exitedAfterDisconnect = undefined;
  this.state = options.state || 'none';
  this.id = options.id | 0;
  if (options.process) {
    this.process = options.process;
    this.process.on('error', (error, signal) => forwardError(this, error, signal));
    this.process.on('message', (message, handle) => this.emit('message', message, handle));
  }
}
function forwardError(worker, error, signal) {
  if (worker.listenerCount('error') === 0) {
    const { isBrokenOff, warnBrokenOff } = require('child_process/ipc');
    if (isBrokenOff(error)) return warnBrokenOff(error);
  }
  worker.emit('error', error, signal);
}

Object.setPrototypeOf(Worker.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Worker, EventEmitter);

Worker.prototype.kill = function(...args) { this.destroy(...args); };
Worker.prototype.send = function(...args) { return this.process.send(...args); };
Worker.prototype.isDead = function() { return this.process.exitCode !== null && this.process.exitCode !== undefined ||
  Boolean(this.process.signalCode); };
Worker.prototype.isConnected = function() { return this.process.connected; };

const callbacks = new Map();
let sequence = 0;

function sendMessage(target, message, handle, callback) {
  if (!target.connected) return false;
  message = { cmd: 'NODE_CLUSTER', ...message, seq: sequence };
  if (typeof callback === 'function') callbacks.set(sequence, callback);
  sequence++;
  return target.send(message, handle);
}

// The listener for 'internalMessage': answers go to their callbacks, the rest to fn.
function listen(worker, fn) {
  return function onInternalMessage(message, handle) {
    if (message.cmd !== 'NODE_CLUSTER') return;
    let receiver = fn;
    if (message.ack !== undefined) {
      const callback = callbacks.get(message.ack);
      if (callback !== undefined) {
        receiver = callback;
        callbacks.delete(message.ack);
      }
    }
    receiver.call(worker, message, handle);
  };
}

module.exports = { Worker, listen, sendMessage };
