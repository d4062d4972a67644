// SPDX-License-Identifier: MIT
//
// https: http over TLS, once there is TLS. Agents can be made, since libraries make them when they load; a connection fails by name.
'use strict';

const http = require('http');
const { unsupported } = require('internal/unsupported');

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  Reflect.apply(http.Agent, this, [{ ...options, defaultPort: options?.defaultPort ?? 443, protocol: options?.protocol ?? 'https:' }]);
  this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
}
Object.setPrototypeOf(Agent.prototype, http.Agent.prototype);
Object.setPrototypeOf(Agent, http.Agent);
Agent.prototype.createConnection = unsupported('tls', ['connect']).connect;

module.exports = {
  Agent,
  globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
  ...unsupported('https', ['Server', 'createServer', 'get', 'request']),
};
