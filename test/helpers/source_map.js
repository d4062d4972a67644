// SPDX-License-Identifier: MIT
//
// Makes source maps by hand, for tests.
'use strict';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function number(value) {
  let bits = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = bits & 31;
    bits >>>= 5;
    text += ALPHABET[bits > 0 ? digit | 32 : digit];
  } while (bits > 0);
  return text;
}

// lines: for each generated line a list of segments [column, source, originalLine, originalColumn, name?] or [column].
function mappings(lines) {
  const last = [0, 0, 0, 0, 0];
  return lines.map((segments) => {
    last[0] = 0;
    return segments.map((segment) => segment.map((value, i) => {
      const delta = value - last[i];
      last[i] = value;
      return number(delta);
    }).join('')).join(',');
  }).join(';');
}

function inline(map) {
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

module.exports = { inline, mappings };
