// SPDX-License-Identifier: MIT
//
// Readable.pipe(): 'data' goes to dest.write(); when that says false the source pauses until every destination
// that said so has drained.
'use strict';

const EventEmitter = require('events');
const { prependListener } = require('stream/legacy');
const { errorOrDestroy } = require('stream/destroy');
const { END_EMITTED, MULTI_AWAIT_DRAIN } = require('stream/state');

class Pipe {
  constructor(source, dest, endsDest) {
    this.source = source;
    this.dest = dest;
    this.over = false;
    this.draining = undefined;
    this.onData = (chunk) => {
      let room = true;
      try {
        room = this.dest.write(chunk);
      } catch (error) {
        this.dest.destroy(error); // a chunk it cannot take, or a throwing implementation
        return;
      }
      if (room === false) this.pause();
    };
    this.onEnd = endsDest ? () => this.dest.end() : () => this.source.unpipe(this.dest);
    this.onUnpipe = (readable, info) => {
      if (readable === this.source && info && info.hasUnpiped === false) {
        info.hasUnpiped = true;
        this.cleanup();
      }
    };
    this.onError = (error) => this.fail(error);
    this.onClose = () => {
      this.dest.removeListener('finish', this.onFinish);
      this.source.unpipe(this.dest);
    };
    this.onFinish = () => {
      this.dest.removeListener('close', this.onClose);
      this.source.unpipe(this.dest);
    };
  }

  pause() {
    const { source, dest } = this;
    const state = source._readableState;
    if (!this.over) {
      if (state.pipes.length === 1 && state.pipes[0] === dest) {
        state.awaitDrainWriters = dest;
        state.bits &= ~MULTI_AWAIT_DRAIN;
      } else if (state.pipes.length > 1 && state.pipes.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      source.pause();
    }
    if (this.draining === undefined) {
      this.draining = () => drained(source, dest);
      dest.on('drain', this.draining);
    }
  }

  fail(error) {
    const { source, dest } = this;
    source.unpipe(dest);
    dest.removeListener('error', this.onError);
    if (EventEmitter.listenerCount(dest, 'error') !== 0) return;
    // Nobody else listens, so the error must surface by itself.
    const state = dest._writableState || dest._readableState;
    if (state && !state.errorEmitted) errorOrDestroy(dest, error);
    else dest.emit('error', error);
  }

  cleanup() {
    const { source, dest } = this;
    dest.removeListener('close', this.onClose);
    dest.removeListener('finish', this.onFinish);
    if (this.draining !== undefined) dest.removeListener('drain', this.draining);
    dest.removeListener('error', this.onError);
    dest.removeListener('unpipe', this.onUnpipe);
    source.removeListener('end', this.onEnd);
    source.removeListener('data', this.onData);
    this.over = true;
    // A destination that still owes us a 'drain' will not tell us any more.
    if (this.draining !== undefined && source._readableState.awaitDrainWriters &&
        (!dest._writableState || dest._writableState.needDrain)) {
      this.draining();
    }
  }
}

function drained(source, dest) {
  const state = source._readableState;
  if (state.awaitDrainWriters === dest) state.awaitDrainWriters = null;
  else if (state.bits & MULTI_AWAIT_DRAIN) state.awaitDrainWriters.delete(dest);
  if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && source.listenerCount('data') > 0) {
    source.resume();
  }
}

function pipe(source, dest, options) {
  const state = source._readableState;
  if (state.pipes.length === 1 && !(state.bits & MULTI_AWAIT_DRAIN)) {
    state.bits |= MULTI_AWAIT_DRAIN;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  state.pipes.push(dest);
  const endsDest = (!options || options.end !== false) && !isStandardOutput(dest);
  const link = new Pipe(source, dest, endsDest);

  if (state.bits & END_EMITTED) process.nextTick(link.onEnd);
  else source.once('end', link.onEnd);
  dest.on('unpipe', link.onUnpipe);
  source.on('data', link.onData);
  prependListener(dest, 'error', link.onError);
  dest.once('close', link.onClose);
  dest.once('finish', link.onFinish);
  dest.emit('pipe', source);

  if (dest.writableNeedDrain === true) link.pause();
  else if (state.flowing !== true) source.resume();
  return dest;
}

// process.stdout and stderr are never ended; asking for them would create them.
function isStandardOutput(dest) {
  return dest._isStdio === true;
}

function unpipe(source, dest) {
  const state = source._readableState;
  if (state.pipes.length === 0) return source;
  if (!dest) {
    const all = state.pipes;
    state.pipes = [];
    source.pause();
    for (let i = 0; i < all.length; i++) all[i].emit('unpipe', source, { hasUnpiped: false });
    return source;
  }
  const at = state.pipes.indexOf(dest);
  if (at === -1) return source;
  state.pipes.splice(at, 1);
  if (state.pipes.length === 0) source.pause();
  dest.emit('unpipe', source, { hasUnpiped: false });
  return source;
}

module.exports = { pipe, unpipe };
