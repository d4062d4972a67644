// SPDX-License-Identifier: MIT
//
// An EventEmitter: a thermostat that others listen to.
'use strict';

const { EventEmitter } = require('node:events');

class Thermostat extends EventEmitter {
  constructor(limit) {
    super();
    this.limit = limit;
  }

  measure(degrees) {
    this.emit('measured', degrees);
    if (degrees > this.limit) this.emit('too hot', degrees, degrees - this.limit);
    if (Number.isNaN(degrees)) this.emit('error', new Error('the sensor is broken'));
  }
}

const thermostat = new Thermostat(22);

thermostat.once('measured', () => console.log('first measurement'));
thermostat.on('measured', (degrees) => console.log(`${degrees} degrees`));
thermostat.on('too hot', (degrees, excess) => console.log(`too hot by ${excess}`));
thermostat.on('error', (error) => console.log(`error: ${error.message}`));

for (const degrees of [20, 25, 21, NaN]) thermostat.measure(degrees);
console.log(`listeners: ${thermostat.eventNames().map(String).join(', ')}`);
