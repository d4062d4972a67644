// SPDX-License-Identifier: MIT
//
// The ids that programs may require.
'use strict';

const list = [
  '_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server',
  '_stream_duplex', '_stream_passthrough', '_stream_readable', '_stream_transform', '_stream_wrap', '_stream_writable',
  '_tls_common', '_tls_wrap', 'assert', 'assert/strict', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console',
  'constants', 'crypto', 'dgram', 'diagnostics_channel', 'dns', 'dns/promises', 'domain', 'events', 'fs', 'fs/promises',
  'http', 'http2', 'https', 'inspector', 'inspector/promises', 'module', 'net', 'os', 'path', 'path/posix', 'path/win32',
  'perf_hooks', 'process', 'punycode', 'querystring', 'readline', 'readline/promises', 'repl', 'stream',
  'stream/consumers', 'stream/promises', 'stream/web', 'string_decoder', 'sys', 'timers', 'timers/promises', 'tls',
  'trace_events', 'tty', 'url', 'util', 'util/types', 'v8', 'vm', 'wasi', 'worker_threads', 'zlib',
];
// These exist only with their scheme.
const schemeOnly = ['sea', 'sqlite', 'test', 'test/reporters'];

const known = new Set(list);

function has(request) {
  if (known.has(request)) return true;
  if (typeof request !== 'string' || !request.startsWith('node:')) return false;
  const id = request.slice(5);
  return known.has(id) || schemeOnly.includes(id);
}

module.exports = { list, schemeOnly, has };
