// SPDX-License-Identifier: MIT
// util.types looks at what an object is, not at what its prototype says.
'use strict';

const assert = require('assert');
const { types } = require('util');

assert(types.isMap(Object.setPrototypeOf(new Map(), null)));
assert(!types.isMap(Object.create(Map.prototype)));
assert(types.isNativeError(new (class E extends RangeError {})()));
assert(!types.isNativeError(Object.create(Error.prototype)));
assert(types.isProxy(new Proxy(() => {}, {})));
assert(types.isBoxedPrimitive(Object(Symbol())));
assert(types.isArgumentsObject((function() { return arguments; })()));
assert(types.isSharedArrayBuffer(new SharedArrayBuffer(1)) && !types.isArrayBuffer(new SharedArrayBuffer(1)));
assert(types.isGeneratorObject((function* () {})()));
assert(types.isAsyncFunction(async () => {}) && !types.isAsyncFunction(() => {}));
assert(types.isDataView(new DataView(new ArrayBuffer(1))));
