// SPDX-License-Identifier: MIT
//
// Copies a file through a pipeline of streams, with a progress line: lode examples/copy.js FROM TO
'use strict';

const fs = require('node:fs');
const { Transform } = require('node:stream');
const { pipeline } = require('node:stream/promises');

// Passes everything on, and tells how far it is.
class Progress extends Transform {
  constructor(total) {
    super();
    this.total = total;
    this.seen = 0;
    this.shown = -1;
  }

  _transform(chunk, encoding, done) {
    this.seen += chunk.length;
    const percent = Math.floor((this.seen / this.total) * 100);
    if (percent !== this.shown) {
      this.shown = percent;
      process.stdout.write(`\r${percent}% of ${this.total} bytes`);
    }
    done(null, chunk);
  }
}

async function copy(from, to) {
  const { size } = await fs.promises.stat(from);
  await pipeline(fs.createReadStream(from), new Progress(size), fs.createWriteStream(to));
  process.stdout.write('\ncopied\n');
}

const [from, to] = process.argv.slice(2);
if (!from || !to) {
  console.error('usage: lode examples/copy.js FROM TO');
  process.exitCode = 2;
} else {
  copy(from, to).catch((error) => {
    console.error(`cannot copy: ${error.message}`);
    process.exitCode = 1;
  });
}
