// SPDX-License-Identifier: MIT
//
// What the command line asks for: run a script, evaluate a text, read a program from standard input, or print.
'use strict';

exports.run = function() {
  if (binding('env').isWorker) return require('worker_threads/worker_main').run();
  const cli = require('internal/options').parseCommandLine();
  if (cli.done) return;
  if (process.env.NODE_CHANNEL_FD !== undefined) require('child_process/startup').run();
  if (process.env.NODE_COMPILE_CACHE) require('runtime/loader/compile_cache').enableFromEnvironment();
  const loader = require('runtime/loader/cjs');
  if (cli.action === 'script') loader.runMain(cli.script);
  else require('runtime/env/eval').run(cli);
};
