// SPDX-License-Identifier: MIT
//
// Cached data. The engine has no interface for keeping compiled code, so what createCachedData() gives is a certificate:
// a hash of the source under this version of lode. It is accepted for that source and rejected for any other, as programs
// expect; it saves no time.
'use strict';

const { Buffer } = require('buffer');

const MARK = 'lode-cache';

function certificate(kind, text) {
  const { lode, jsc } = process.versions;
  const digest = require('crypto').createHash('sha256').update(`${lode}\0${jsc}\0${kind}\0`).update(text).digest();
  return Buffer.concat([Buffer.from(MARK), digest]);
}

function isRejected(data, kind, text) {
  return !certificate(kind, text).equals(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

// The properties that options ask for, on what was compiled.
function apply(target, { cachedData, produceCachedData }, kind, text) {
  if (cachedData !== undefined) target.cachedDataRejected = isRejected(cachedData, kind, text);
  if (produceCachedData) {
    target.cachedDataProduced = true;
    target.cachedData = certificate(kind, text);
  }
}

module.exports = { certificate, isRejected, apply };
