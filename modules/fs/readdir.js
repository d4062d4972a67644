// SPDX-License-Identifier: MIT
//
// readdir in its three forms, plain and recursive. Recursion is breadth-first; the asynchronous forms have one
// directory under way at a time.
'use strict';

const { toCallback, toOptions, toPath, wantsBytes, pathText } = require('fs/paths');
const { DIRECTORY, Dirent, LINK, joinPath, settleType, toDirents, toNames, toTyped } = require('fs/dirent');
const { CallbackRequest, PromiseRequest, same, started } = require('fs/request');
const { check } = require('fs/sync');
const native = binding('fs');

function readOptions(options) {
  options = toOptions(options);
  if (options.recursive !== undefined && options.recursive !== null) {
    require('internal/validators').validateBoolean(options.recursive, 'options.recursive');
  }
  return options;
}

// The result of one flat listing.
function flat(listing, extra) {
  return extra.typed ? toDirents(listing, extra.encoding, extra.path) : toNames(listing, extra.encoding);
}

function leadsToDirectory(path) {
  return native.kind(path) === 1;
}

// A recursive listing: directories still to be read, and what was found.
class Walk {
  // Links to directories are entered (as far as the system resolves them) unless `follow` is false.
  constructor(path, options, follow = true) {
    this.follow = follow;
    this.root = typeof path === 'string' ? path : pathText(path);
    this.encoding = options.encoding;
    this.typed = options.withFileTypes === true;
    this.queue = [''];
    this.at = 0;
    this.found = [];
  }

  get path() {
    const below = this.queue[this.at];
    return below === '' ? this.root : joinPath(this.root, below);
  }

  more() { return this.at < this.queue.length; }

  take(listing) {
    const parent = this.path;
    const below = this.queue[this.at++];
    const [names, types] = toTyped(listing, 'utf8');
    for (let i = 0; i < names.length; i++) {
      const type = settleType(parent, names[i], types[i]);
      const relative = below === '' ? names[i] : `${below}/${names[i]}`;
      if (this.typed) this.found.push(new Dirent(this.encode(names[i]), parent, type));
      else this.found.push(this.encode(relative));
      if (type === DIRECTORY || (type === LINK && this.follow && leadsToDirectory(joinPath(parent, names[i])))) {
        this.queue.push(relative);
      }
    }
  }

  encode(text) {
    if (!wantsBytes(this.encoding)) return text;
    const bytes = require('buffer').Buffer.from(text);
    return this.encoding === 'buffer' ? bytes : bytes.toString(this.encoding);
  }
}

function readdirSync(path, options) {
  options = readOptions(options);
  path = toPath(path);
  if (options.recursive) {
    const walk = new Walk(path, options);
    while (walk.more()) walk.take(check(native.readdir(walk.path, false, true), 'scandir', walk.path));
    return walk.found;
  }
  const { encoding, withFileTypes } = options;
  const listing = check(native.readdir(path, wantsBytes(encoding), !!withFileTypes), 'scandir', path);
  return withFileTypes ? toDirents(listing, encoding, path) : toNames(listing, encoding);
}

// Is its own request, one directory after the other.
class WalkRequest extends CallbackRequest {
  constructor(callback, walk) {
    super(callback, 'scandir', same);
    this.walk = walk;
  }

  next() {
    this.path = this.walk.path;
    started(this, native.readdir(this.path, false, true, this));
  }

  done(value) {
    const { callback } = this;
    if (typeof value === 'number' && value < 0) return callback(this.error(value));
    try {
      this.walk.take(value);
    } catch (error) {
      return callback(error);
    }
    return this.walk.more() ? this.next() : callback(null, this.walk.found);
  }
}

function start(req, path, options) {
  const { encoding } = options;
  req.extra = { encoding, path, typed: !!options.withFileTypes };
  return started(req, native.readdir(path, wantsBytes(encoding), !!options.withFileTypes, req));
}

function readdir(path, options, callback) {
  callback = toCallback(typeof options === 'function' ? options : callback);
  options = readOptions(options);
  path = toPath(path);
  if (options.recursive) new WalkRequest(callback, new Walk(path, options)).next();
  else start(new CallbackRequest(callback, 'scandir', flat, path), path, options);
}

async function readdirPromise(path, options) {
  options = readOptions(options);
  path = toPath(path);
  if (!options.recursive) return start(new PromiseRequest('scandir', flat, path), path, options).promise;
  return new Promise((resolve, reject) => {
    const walk = new Walk(path, options, !options.withFileTypes);
    new WalkRequest((error, found) => error ? reject(error) : resolve(found), walk).next();
  });
}

module.exports = { readdir, readdirPromise, readdirSync };
