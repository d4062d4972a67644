// SPDX-License-Identifier: MIT
//
// Objects that a program does not want to be moved or cloned.
'use strict';

const { untransferable, uncloneable, marks } = require('web/structured_clone/protocol');

function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function markAsUntransferable(object) {
  if (isObject(object)) untransferable.add(object);
}

function isMarkedAsUntransferable(object) {
  return isObject(object) && untransferable.has(object);
}

function markAsUncloneable(object) {
  if (!isObject(object)) return;
  marks.uncloneable = true;
  uncloneable.add(object);
}

module.exports = { markAsUntransferable, isMarkedAsUntransferable, markAsUncloneable };
