// SPDX-License-Identifier: MIT
//
// PassThrough: the Transform that changes nothing.
'use strict';

const Transform = require('stream/transform');

module.exports = PassThrough;

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
Object.setPrototypeOf(PassThrough.prototype, Transform.prototype);
Object.setPrototypeOf(PassThrough, Transform);

PassThrough.prototype._transform = function(chunk, encoding, callback) {
  callback(null, chunk);
};
