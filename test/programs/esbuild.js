// SPDX-License-Identifier: MIT
//
// esbuild's JavaScript API bundles and transforms an example, with plugins, as under Node.
// time limit: 600 seconds
'use strict';

const { prepare, same } = require('../helpers/programs');

// Without threads its synchronous functions start a process.
same(['esbuild.mjs'], { cwd: prepare('bundle'), least: 10000, env: { ESBUILD_WORKER_THREADS: '0' } });
