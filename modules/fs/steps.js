// SPDX-License-Identifier: MIT
//
// One algorithm, two drivers. An algorithm that works on the file system is written once, as a generator that
// yields the operations it wants as [name, ...arguments]; `runSync` answers them with fs.nameSync, `runAsync`
// with fs.promises.name. Failures are thrown into the generator.
'use strict';

function runSync(steps) {
  const fs = require('fs');
  let step = steps.next();
  while (!step.done) {
    const [name, ...args] = step.value;
    let answer;
    try {
      answer = name === 'wait' ? args[0] : fs[`${name}Sync`](...args);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answer);
  }
  return step.value;
}

async function runAsync(steps) {
  const promises = require('fs/promises');
  let step = steps.next();
  while (!step.done) {
    const [name, ...args] = step.value;
    let answer;
    try {
      answer = name === 'wait' ? await args[0] : await promises[name](...args);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answer);
  }
  return step.value;
}

module.exports = { runAsync, runSync };
