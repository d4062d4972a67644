// SPDX-License-Identifier: MIT
//
// Imports a graph of real packages, some 1,200 modules of all sizes, and uses a little of each.
import { computed, createSSRApp, h, ref } from 'vue';
import { Vector3 } from 'three';
import { addDays, formatISO } from 'date-fns';
import { chunk, debounce, merge } from 'lodash-es';
import { from, lastValueFrom, map, toArray } from 'rxjs';
import { z } from 'zod';
import ts from 'typescript';

const count = ref(1);
const doubled = computed(() => count.value * 2);
count.value = 21;
const results = [
  doubled.value,
  typeof createSSRApp({ render: () => h('p') }).mount,
  new Vector3(3, 4, 0).length(),
  formatISO(addDays(new Date(2024, 1, 28), 1), { representation: 'date' }),
  chunk([1, 2, 3], 2).length + Object.keys(merge({ a: 1 }, { b: 2 })).length + typeof debounce(() => {}),
  (await lastValueFrom(from([1, 2]).pipe(map((n) => n * 2), toArray()))).join(),
  z.object({ a: z.number() }).safeParse({ a: 'x' }).success,
  ts.transpileModule('let a: number = 1', {}).outputText.trim(),
];
const expected = '[42,"function",5,"2024-02-29","4function","2,4",false,"var a = 1;"]';
if (JSON.stringify(results) !== expected) throw new Error(`wrong results: ${JSON.stringify(results)}`);
