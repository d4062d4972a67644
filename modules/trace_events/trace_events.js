// SPDX-License-Identifier: MIT
//
// trace_events is not supported yet: no category is ever enabled, and enabling some fails by name.
'use strict';

module.exports = {
  ...require('internal/unsupported').unsupported('trace_events', ['createTracing']),
  getEnabledCategories() {},
};
