// SPDX-License-Identifier: MIT
'use strict';
exports.observe = function() {};
