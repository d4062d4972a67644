// SPDX-License-Identifier: MIT
//
// Stats, BigIntStats and StatFs, built from the block of figures that the C half shares (modules/fs/fs.h).
//
// Idea: an object holds plain numbers; its four dates are made when somebody asks for one. Figures must be
// taken right after the call that wrote them, before anything else can run.
'use strict';

const { shared, constants } = binding('fs');
const { S_IFMT, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG, S_IFSOCK } = constants;

const numbers = new Float64Array(shared);
const integers = new BigInt64Array(shared);
const FIELDS = 18; // of one stat; polling delivers two

function StatsBase(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
}

StatsBase.prototype.isDirectory = function() { return this._checkModeProperty(S_IFDIR); };
StatsBase.prototype.isFile = function() { return this._checkModeProperty(S_IFREG); };
StatsBase.prototype.isBlockDevice = function() { return this._checkModeProperty(S_IFBLK); };
StatsBase.prototype.isCharacterDevice = function() { return this._checkModeProperty(S_IFCHR); };
StatsBase.prototype.isSymbolicLink = function() { return this._checkModeProperty(S_IFLNK); };
StatsBase.prototype.isFIFO = function() { return this._checkModeProperty(S_IFIFO); };
StatsBase.prototype.isSocket = function() { return this._checkModeProperty(S_IFSOCK); };

function toDate(ms) {
  return new Date(Math.round(Number(ms)));
}

// `atime` and its three brothers: computed from `atimeMs` at first use, then an own property.
function defineDates(prototype) {
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
    const source = `${name}Ms`;
    const settle = (self, value) =>
      Object.defineProperty(self, name, { value, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get() {
        const date = toDate(this[source]);
        settle(this, date);
        return date;
      },
      set(value) { settle(this, value); },
    });
  }
}

function Stats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks,
               atimeMs, mtimeMs, ctimeMs, birthtimeMs) {
  this.dev = dev;
  this.mode = mode;
  this.nlink = nlink;
  this.uid = uid;
  this.gid = gid;
  this.rdev = rdev;
  this.blksize = blksize;
  this.ino = ino;
  this.size = size;
  this.blocks = blocks;
  this.atimeMs = atimeMs;
  this.mtimeMs = mtimeMs;
  this.ctimeMs = ctimeMs;
  this.birthtimeMs = birthtimeMs;
}
Object.setPrototypeOf(Stats.prototype, StatsBase.prototype);
Object.setPrototypeOf(Stats, StatsBase);
defineDates(Stats.prototype);
Stats.prototype._checkModeProperty = function(kind) { return (this.mode & S_IFMT) === kind; };

function BigIntStats(dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks,
                     atimeNs, mtimeNs, ctimeNs, birthtimeNs) {
  StatsBase.call(this, dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks);
  this.atimeMs = atimeNs / 1000000n;
  this.mtimeMs = mtimeNs / 1000000n;
  this.ctimeMs = ctimeNs / 1000000n;
  this.birthtimeMs = birthtimeNs / 1000000n;
  this.atimeNs = atimeNs;
  this.mtimeNs = mtimeNs;
  this.ctimeNs = ctimeNs;
  this.birthtimeNs = birthtimeNs;
}
Object.setPrototypeOf(BigIntStats.prototype, StatsBase.prototype);
Object.setPrototypeOf(BigIntStats, StatsBase);
defineDates(BigIntStats.prototype);
BigIntStats.prototype._checkModeProperty = function(kind) {
  return (this.mode & BigInt(S_IFMT)) === BigInt(kind);
};

function millis(b, i) {
  return b[i] * 1000 + b[i + 1] / 1000000;
}

function nanos(b, i) {
  return b[i] * 1000000000n + b[i + 1];
}

// The figures of the last stat, as Stats or BigIntStats.
function takeStats(bigint, base = 0) {
  if (bigint) {
    const b = base === 0 ? integers : integers.subarray(base);
    return new BigIntStats(b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9],
                           nanos(b, 10), nanos(b, 12), nanos(b, 14), nanos(b, 16));
  }
  const b = base === 0 ? numbers : numbers.subarray(base);
  return new Stats(b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9],
                   millis(b, 10), millis(b, 12), millis(b, 14), millis(b, 16));
}

class StatFs {
  constructor(type, bsize, blocks, bfree, bavail, files, ffree) {
    this.type = type;
    this.bsize = bsize;
    this.blocks = blocks;
    this.bfree = bfree;
    this.bavail = bavail;
    this.files = files;
    this.ffree = ffree;
  }
}

function takeStatFs(bigint) {
  const b = bigint ? integers : numbers;
  return new StatFs(b[0], b[1], b[2], b[3], b[4], b[5], b[6]);
}

module.exports = { BigIntStats, FIELDS, StatFs, Stats, numbers, takeStatFs, takeStats };
