// SPDX-License-Identifier: MIT
//
// node:url: the web's URL classes and the older parse(), format() and resolve(). Idea: the older functions load
// when they are called, since programs of today rarely need them. No state.
'use strict';

const { defineLazy, lazyProperty } = require('internal/util');

function parse(url, parseQueryString, slashesDenoteHost) {
  return require('url/legacy').parse(url, parseQueryString, slashesDenoteHost);
}

function resolve(source, relative) {
  return require('url/legacy').resolve(source, relative);
}

function resolveObject(source, relative) {
  return require('url/legacy').resolveObject(source, relative);
}

function format(urlObject, options) {
  return require('url/format').format(urlObject, options);
}

module.exports = {};
lazyProperty(module.exports, 'Url', () => require('url/legacy').Url);
Object.assign(module.exports, { parse, resolve, resolveObject, format });
defineLazy(module.exports, 'web/url', ['URL']);
defineLazy(module.exports, 'web/urlpattern', ['URLPattern']);
defineLazy(module.exports, 'web/url',
           ['URLSearchParams', 'domainToASCII', 'domainToUnicode', 'pathToFileURL', 'fileURLToPath',
            'fileURLToPathBuffer', 'urlToHttpOptions']);
