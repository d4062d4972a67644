// SPDX-License-Identifier: MIT
//
// A blob joins its parts, slices share them, and a blob over a file reads the file's bytes.
'use strict';

const assert = require('assert');
const fs = require('fs');
const { Blob, File, resolveObjectURL } = require('buffer');

(async () => {
  const blob = new Blob(['h\u00e9', Buffer.from('llo'), new Blob([' you'])], { type: 'Text/Plain' });
  assert.strictEqual(blob.size, 10);
  assert.strictEqual(blob.type, 'text/plain');
  assert.strictEqual(await blob.text(), 'h\u00e9llo you');
  assert.strictEqual(await blob.slice(3, -4).text(), 'llo');

  const file = await fs.openAsBlob(__filename);
  assert.strictEqual(await file.slice(0, 10).text(), '// SPDX-Li');

  const url = URL.createObjectURL(new File(['x'], 'name'));
  assert.strictEqual(await resolveObjectURL(url).text(), 'x');
  URL.revokeObjectURL(url);
  assert.strictEqual(resolveObjectURL(url), undefined);
})();
