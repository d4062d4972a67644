// SPDX-License-Identifier: MIT
//
// Modules that await at their top: siblings run meanwhile, parents afterwards in the order in which they were reached.
import assert from 'node:assert';

globalThis.order = [];
const text = (source) => `data:text/javascript,${encodeURIComponent(source)}`;
const slow = text('order.push("slow starts"); await new Promise((r) => setImmediate(r)); order.push("slow ends");');
const quick = text('order.push("quick");');
const left = text(`import ${JSON.stringify(slow)}; order.push("left");`);
const right = text(`import ${JSON.stringify(quick)}; import ${JSON.stringify(slow)}; order.push("right");`);
await import(text(`import ${JSON.stringify(left)}; import ${JSON.stringify(right)}; order.push("top");`));
assert.deepStrictEqual(globalThis.order, ['slow starts', 'quick', 'slow ends', 'left', 'right', 'top']);

const failing = text('await null; throw new Error("late");');
const above = text(`import ${JSON.stringify(failing)}; order.push("never");`);
const error = await import(above).catch((e) => e);
assert.strictEqual(error.message, 'late');
assert.strictEqual(await import(failing).catch((e) => e), error);
assert.ok(!globalThis.order.includes('never'));
