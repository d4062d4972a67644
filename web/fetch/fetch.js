// SPDX-License-Identifier: MIT
//
// fetch and its classes: not here yet. The names exist, because programs test for them; using them says so.
'use strict';

function refusal(what) {
  const error = new Error(`${what} is not supported by lode yet`);
  error.code = 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM';
  return error;
}

async function fetch() {
  throw refusal('fetch()');
}

class Headers { constructor() { throw refusal('Headers'); } }
class Request { constructor() { throw refusal('Request'); } }
class Response { constructor() { throw refusal('Response'); } }
class FormData { constructor() { throw refusal('FormData'); } }

module.exports = { fetch, Headers, Request, Response, FormData };
