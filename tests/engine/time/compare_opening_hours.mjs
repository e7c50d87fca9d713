// What the reference evaluator (npm package opening_hours) makes of texts: one line of standard input each, one line out:
// "OK 540-720 840-1020" in minutes from the first day's midnight, or "ERR".
// node compare_opening_hours.mjs FOLDER_WITH_NODE_MODULES 2024-06-03 28 < texts
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

process.env.TZ = 'UTC'; // local minutes: no daylight saving between them
const [folder, first, days] = process.argv.slice(2);
const loaded = createRequire(path.join(path.resolve(folder), 'index.js'))('opening_hours');
const OpeningHours = loaded.default ?? loaded;
const place = { lat: 50.63, lon: 3.06, address: { country_code: 'fr', state: 'Hauts-de-France', county: 'Nord' } };
const begin = new Date(`${first}T00:00:00`);
const end = new Date(begin.getTime() + Number(days) * 86_400_000);
const minutes = (date) => Math.round((date - begin) / 60_000);

function evaluated(text) {
  let intervals;
  try {
    intervals = new OpeningHours(text, place).getOpenIntervals(begin, end);
  } catch {
    return 'ERR';
  }
  const merged = [];
  for (const [from, to, unknown] of intervals) {
    if (unknown) continue;
    const last = merged.at(-1);
    if (last && last[1] >= minutes(from)) last[1] = Math.max(last[1], minutes(to));
    else merged.push([minutes(from), minutes(to)]);
  }
  return ['OK', ...merged.map(([from, to]) => `${from}-${to}`)].join(' ');
}

const known = new Map();
const lines = readFileSync(0, 'utf8').split('\n');
if (lines.at(-1) === '') lines.pop();
for (const line of lines) {
  if (!known.has(line)) known.set(line, evaluated(line));
  console.log(known.get(line));
}
