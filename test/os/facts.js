// SPDX-License-Identifier: MIT
//
// os tells plausible facts, its functions convert to their results, and refusals name the system call.
'use strict';

const assert = require('assert');
const os = require('os');

assert.strictEqual(`${os.hostname}`, os.hostname());
assert.ok(os.totalmem() >= os.freemem() && os.freemem() > 0);
assert.ok(os.availableParallelism() > 0 && os.cpus().length > 0);
assert.strictEqual(os.userInfo().uid, process.getuid());
assert.strictEqual(os.constants.signals.SIGTERM, 15);
assert.throws(() => os.getPriority(-1), { code: 'ERR_SYSTEM_ERROR', syscall: 'uv_os_getpriority' });
