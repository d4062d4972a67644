// SPDX-License-Identifier: MIT
//
// The module tty: terminals as streams, and what they can show.

'use strict';

const net = require('net');
const { codes, errnoException } = require('internal/errors');
const { TTY } = require('runtime/io/handles');
const tty = binding('tty');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && tty.isTTY(fd);
}

function open(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
  const handle = new TTY(fd);
  if (handle.error) {
    const { message, code } = errnoException(handle.error, 'uv_tty_init');
    throw new codes.ERR_TTY_INIT_FAILED({ errno: handle.error, code, message, syscall: 'uv_tty_init' });
  }
  return handle;
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  const handle = open(fd);
  net.Socket.call(this, { highWaterMark: 0, handle, manualStart: true, ...options });
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, net.Socket.prototype);
Object.setPrototypeOf(ReadStream, net.Socket);

ReadStream.prototype.setRawMode = function(flag) {
  flag = Boolean(flag);
  const status = this._handle?.setRawMode(flag);
  if (status) {
    this.emit('error', errnoException(status, 'setRawMode'));
    return this;
  }
  this.isRaw = flag;
  return this;
};

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  const handle = open(fd);
  net.Socket.call(this, { highWaterMark: undefined, handle, manualStart: true });
  handle.setBlocking(true);
  const size = handle.getWindowSize();
  if (Array.isArray(size)) {
    this.columns = size[0];
    this.rows = size[1];
  }
}
Object.setPrototypeOf(WriteStream.prototype, net.Socket.prototype);
Object.setPrototypeOf(WriteStream, net.Socket);

WriteStream.prototype.isTTY = true;
WriteStream.prototype.getColorDepth = function(env = process.env) { return require('tty/colors').getColorDepth(env); };
WriteStream.prototype.hasColors = function(count, env) { return require('tty/colors').hasColors(count, env); };

WriteStream.prototype._refreshSize = function() {
  const size = this._handle?.getWindowSize();
  if (typeof size === 'number') {
    this.emit('error', errnoException(size, 'getWindowSize'));
    return;
  }
  if (!size || (size[0] === this.columns && size[1] === this.rows)) return;
  [this.columns, this.rows] = size;
  this.emit('resize');
};

WriteStream.prototype.cursorTo = function(x, y, callback) { return require('readline').cursorTo(this, x, y, callback); };
WriteStream.prototype.moveCursor = function(dx, dy, callback) { return require('readline').moveCursor(this, dx, dy, callback); };
WriteStream.prototype.clearLine = function(dir, callback) { return require('readline').clearLine(this, dir, callback); };
WriteStream.prototype.clearScreenDown = function(callback) { return require('readline').clearScreenDown(this, callback); };
WriteStream.prototype.getWindowSize = function() { return [this.columns, this.rows]; };

module.exports = { isatty, ReadStream, WriteStream };
