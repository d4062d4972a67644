// SPDX-License-Identifier: MIT
//
// Results as an SVG: one panel of horizontal bars for each measure, lode's bar in colour. Plain SVG, no scripts, fonts
// of the reader's system; it reads well on white and on dark pages.
'use strict';

const PANELS = [
  { key: 'http.cpu', title: 'HTTP hello world', note: 'CPU per request, \u00b5s', digits: 1 },
  { key: 'express.cpu', title: 'Express hello world', note: 'CPU per request, \u00b5s', digits: 1 },
  { key: 'start', title: 'Start-up', note: 'an empty file, ms', digits: 0 },
  { key: 'idle', title: 'Memory after start', note: 'resident, MiB', digits: 0 },
];

const WIDTH = 860;
const MARGIN = 28;
const GAP = 36;
const COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2;
const NAME = 92;
const VALUE = 52;
const BAR = 20;
const STEP = 30;
const TOP = 88;

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

function rowsOf(panel, runtimes) {
  return runtimes
    .filter((runtime) => runtime.medians[panel.key] !== undefined)
    .map((runtime) => ({ id: runtime.id, label: runtime.label, value: runtime.medians[panel.key] }))
    .sort((a, b) => a.value - b.value);
}

function bar(row, index, longest, digits) {
  const y = 46 + index * STEP;
  const width = Math.max(2, (row.value / longest) * (COLUMN - NAME - VALUE));
  const kind = row.id === 'lode' ? 'own' : row.id === 'c' ? 'floor' : 'other';
  const bold = row.id === 'lode' ? ' strong' : '';
  return [
    `<text class="name${bold}" x="${NAME - 10}" y="${y + 14.5}">${escape(row.label)}</text>`,
    `<rect class="${kind}" x="${NAME}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="4"/>`,
    `<text class="value${bold}" x="${(NAME + width + 8).toFixed(1)}" y="${y + 14.5}">${row.value.toFixed(digits)}</text>`,
  ].join('\n    ');
}

function panelSVG(panel, rows, x, y) {
  const longest = Math.max(...rows.map((row) => row.value));
  return `  <g transform="translate(${x} ${y})">
    <text class="title" x="0" y="14">${escape(panel.title)}</text>
    <text class="note" x="0" y="32">${escape(panel.note)}</text>
    <line class="axis" x1="${NAME}" y1="42" x2="${NAME}" y2="${46 + rows.length * STEP - 6}"/>
    ${rows.map((row, index) => bar(row, index, longest, panel.digits)).join('\n    ')}
  </g>`;
}

const STYLE = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #24292f; }
    .head { font-size: 20px; font-weight: 650; }
    .title { font-size: 15px; font-weight: 650; }
    .note, .foot { font-size: 12px; fill: #6a737d; }
    .name { text-anchor: end; }
    .strong { font-weight: 700; }
    .axis { stroke: #d0d7de; stroke-width: 1; }
    .own { fill: #c8731d; }
    .other { fill: #9aa7b4; }
    .floor { fill: #d5dbe1; }
    .page { fill: #ffffff; stroke: #d8dee4; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .note, .foot { fill: #9198a1; }
      .axis { stroke: #3d444d; }
      .own { fill: #e28a33; }
      .other { fill: #6b7785; }
      .floor { fill: #444c56; }
      .page { fill: #0d1117; stroke: #30363d; }
    }`;

function chart(results) {
  const panels = PANELS.map((panel) => ({ panel, rows: rowsOf(panel, results.runtimes) })).filter((p) => p.rows.length);
  const parts = [];
  let y = TOP;
  for (let i = 0; i < panels.length; i += 2) {
    const line = panels.slice(i, i + 2);
    line.forEach(({ panel, rows }, column) => parts.push(panelSVG(panel, rows, MARGIN + column * (COLUMN + GAP), y)));
    y += 46 + Math.max(...line.map((p) => p.rows.length)) * STEP + 28;
  }
  const height = y + 20;
  const day = results.date.slice(0, 10);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="lode compared with other runtimes">
  <style>${STYLE}
  </style>
  <rect class="page" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="10"/>
  <text class="head" x="${MARGIN}" y="42">lode and others: shorter is better</text>
  <text class="note" x="${MARGIN}" y="62">Server pinned to one core, wrk on another; medians of ${results.settings.rounds} interleaved rounds</text>
${parts.join('\n')}
  <text class="foot" x="${MARGIN}" y="${height - 18}">${escape(`${day} \u00b7 ${results.machine}`)}</text>
</svg>
`;
}

module.exports = { chart };
