'use strict';
exports.inspect = require('util/inspect').inspect;
exports.format = require('util/format').format;
exports.formatWithOptions = require('util/format').formatWithOptions;
exports.stripVTControlCharacters = require('util/inspect').stripVTControlCharacters;
exports.types = require('util/types');
