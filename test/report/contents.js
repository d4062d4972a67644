// SPDX-License-Identifier: MIT
//
// A report is the process as it is: header, stack, handles, limits, and it can be told to leave out network and environment.
'use strict';

const assert = require('assert');
const net = require('net');
const os = require('os');

process.env.REPORT_TEST = 'x';
const server = net.createServer().listen(0, '127.0.0.1', function listening() {
  const report = process.report.getReport();
  assert.deepStrictEqual(Object.keys(report), ['header', 'javascriptStack', 'javascriptHeap', 'nativeStack', 'resourceUsage', 'uvthreadResourceUsage',
    'libuv', 'workers', 'environmentVariables', 'userLimits', 'sharedObjects']);
  const { header } = report;
  assert.strictEqual(header.processId, process.pid);
  assert.strictEqual(header.trigger, 'GetReport');
  assert.strictEqual(header.filename, null);
  assert.strictEqual(header.cwd, process.cwd());
  assert.strictEqual(header.host, os.hostname());
  assert.ok(Math.abs(header.dumpEventTimeStamp - Date.now()) < 10000);
  assert.strictEqual(report.javascriptStack.message, 'Error [ERR_SYNTHETIC]: JavaScript Callstack');
  assert.match(report.javascriptStack.stack[0], /^at .*listening.*contents\.js:12:\d+\)$/);
  assert.ok(report.javascriptHeap.usedMemory > 0);
  assert.ok(report.resourceUsage.rss > 1e6 && report.resourceUsage.maxRss >= report.resourceUsage.rss / 2);
  const [tcp] = report.libuv.filter(({ type }) => type === 'tcp');
  assert.deepStrictEqual({ ...tcp.localEndpoint, host: '' }, { host: '', ip4: '127.0.0.1', port: server.address().port });
  assert.strictEqual(tcp.remoteEndpoint, null);
  assert.ok(tcp.is_active && tcp.is_referenced && tcp.fd > 2);
  assert.strictEqual(report.libuv.at(-1).type, 'loop');
  assert.strictEqual(report.environmentVariables.REPORT_TEST, 'x');
  assert.ok(report.userLimits.open_files.soft > 2);
  assert.ok(report.sharedObjects.some((file) => file.includes('libuv')));

  process.report.excludeEnv = process.report.excludeNetwork = true;
  const less = process.report.getReport();
  assert.ok(!('environmentVariables' in less) && !('networkInterfaces' in less.header));
  assert.strictEqual(less.libuv.find(({ type }) => type === 'tcp').localEndpoint.host, '127.0.0.1');
  server.close();
});
