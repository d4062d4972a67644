// SPDX-License-Identifier: MIT
//
// A server with a route that blocks everybody else: let --watch-loop find it.
//
//     lode --watch-loop examples/slow_report.js      and then      curl localhost:3000/report
'use strict';

const http = require('http');

const sales = Array.from({ length: 2000 }, (_, id) => ({ id, customer: `c${id % 700}`, amount: (id * 7919) % 1000 }));

function customersOf(list) {
  const names = [];
  for (const { customer } of list) if (!names.includes(customer)) names.push(customer);
  return names;
}

// Goes through all sales once for each customer: nobody noticed with ten customers.
function totals() {
  return customersOf(sales).map((customer) => {
    const own = sales.filter((sale) => sale.customer === customer);
    return { customer, total: own.reduce((sum, { amount }) => sum + amount, 0) };
  });
}

function report() {
  const lines = totals().sort((a, b) => b.total - a.total).map(({ customer, total }) => `${customer}: ${total}`);
  return lines.join('\n');
}

// How often the answer is worked out: for machines of all speeds.
const times = Number(process.env.TIMES ?? 10);

const server = http.createServer((request, response) => {
  let text = 'try /report\n';
  for (let i = 0; request.url === '/report' && i < times; i++) text = report();
  response.end(text);
});
server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`listening on http://localhost:${server.address().port}`);
});
