// SPDX-License-Identifier: MIT
//
// File URLs and paths as texts. Idea: nearly all paths consist of characters that a URL keeps as they are, and then one
// is a slice of the other; only the rest takes the road through the URL class.
'use strict';

const path = require('path');

const PLAIN = /^\/[\w/.\-@+,=!$&'()*;:]*$/;

function isPlain(text) {
  return PLAIN.test(text);
}

// An absolute path -> the text of its file URL.
function fromPath(file) {
  return PLAIN.test(file) ? `file://${file}` : require('web/url').pathToFileURL(file).href;
}

// A file URL's text -> the path, without query and fragment. Throws Node's errors.
function toPath(url) {
  if (url.startsWith('file:///')) {
    const file = url.slice(7);
    if (PLAIN.test(file)) return file;
  }
  return require('web/url').fileURLToPath(url);
}

// What comes after the path: "?query#hash".
function suffixOf(url) {
  const at = url.search(/[?#]/);
  return at < 0 ? '' : url.slice(at);
}

// A file URL or a path, as programs hand them over -> path.
function toPathIfURL(value) {
  if (typeof value === 'string') return value.startsWith('file:') ? toPath(value) : value;
  return require('web/url').fileURLToPath(value);
}

// The extension of a URL's path: from the last dot of its last segment, unless that opens the segment.
function extensionOf(pathname) {
  for (let i = pathname.length - 1; i > 0; i--) {
    const c = pathname.charCodeAt(i);
    if (c === 47) return '';
    if (c === 46) return pathname.charCodeAt(i - 1) === 47 ? '' : pathname.slice(i);
  }
  return '';
}

// What errors call a referrer: its path where it is a file.
function shown(url) {
  if (url === undefined || !url.startsWith('file:')) return url;
  try {
    return toPath(url);
  } catch {
    return url;
  }
}

// The working directory. One that was removed is no reason not to run a program that asks for nothing in it.
function workingFolder() {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

function workingFolderURL() {
  const url = fromPath(`${workingFolder()}/x`);
  return url.slice(0, -1);
}

module.exports = { isPlain, fromPath, toPath, toPathIfURL, suffixOf, extensionOf, shown, workingFolder, workingFolderURL, resolve: path.resolve };
