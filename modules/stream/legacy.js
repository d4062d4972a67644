// SPDX-License-Identifier: MIT
//
// Stream: the base of all streams, and the pipe() of streams older than Readable.
'use strict';

const EventEmitter = require('events');

function Stream(options) {
  EventEmitter.call(this, options);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

Stream.prototype.pipe = function(dest, options) {
  const source = this;

  function onData(chunk) {
    if (dest.writable && dest.write(chunk) === false && source.pause) source.pause();
  }
  function onDrain() {
    if (source.readable && source.resume) source.resume();
  }

  let over = false;
  function onEnd() {
    if (over) return;
    over = true;
    dest.end();
  }
  function onClose() {
    if (over) return;
    over = true;
    if (typeof dest.destroy === 'function') dest.destroy();
  }
  // An error nobody handles must still be thrown, although we listen ourselves.
  function onError(error) {
    cleanup();
    if (EventEmitter.listenerCount(this, 'error') === 0) this.emit('error', error);
  }

  source.on('data', onData);
  dest.on('drain', onDrain);
  if (!dest._isStdio && (!options || options.end !== false)) {
    source.on('end', onEnd);
    source.on('close', onClose);
  }
  prependListener(source, 'error', onError);
  prependListener(dest, 'error', onError);

  function cleanup() {
    source.removeListener('data', onData);
    dest.removeListener('drain', onDrain);
    source.removeListener('end', onEnd);
    source.removeListener('close', onClose);
    source.removeListener('error', onError);
    dest.removeListener('error', onError);
    source.removeListener('end', cleanup);
    source.removeListener('close', cleanup);
    dest.removeListener('close', cleanup);
  }
  source.on('end', cleanup);
  source.on('close', cleanup);
  dest.on('close', cleanup);

  dest.emit('pipe', source);
  return dest;
};

Stream.prototype.eventNames = function eventNames() {
  const events = this._events;
  return events === undefined ? [] : Reflect.ownKeys(events).filter((name) => events[name] !== undefined);
};

// Puts a listener first, on emitters too old to know how.
function prependListener(emitter, event, fn) {
  if (typeof emitter.prependListener === 'function') {
    emitter.prependListener(event, fn);
    return;
  }
  const existing = emitter._events?.[event];
  if (!existing) emitter.on(event, fn);
  else emitter._events[event] = Array.isArray(existing) ? [fn, ...existing] : [fn, existing];
}

module.exports = { Stream, prependListener };
