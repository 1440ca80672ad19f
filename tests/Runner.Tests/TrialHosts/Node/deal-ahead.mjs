// Deals five arrivals to two workers that are lost at the worst moments: node deal-ahead.mjs HOST. Prints what was handed to whom, and how many tasks each loss cost.
import { pathToFileURL } from 'node:url';

const [host] = process.argv.slice(2);
const { DealingAhead } = await import(pathToFileURL(`${host}/dealing-ahead.mjs`));
const { Phase } = await import(pathToFileURL(`${host}/load.mjs`));

const handed = [];
const lost = [];
const answer = { checksum: 1n, errors: 0, lastEnd: 0n, warnings: [] };
const phase = new Phase('load', { stages: [{ ratePerSecond: 10, durationMs: 500 }], maxInFlight: 10 }, 2);
let began = null;
let rehearsed = 0;
let start;
const started = new Promise((resolve) => (start = resolve));
const dealing = new DealingAhead(phase, 2, (worker, { first, count, intended }) => {
  if (count > 0) {
    handed.push({ worker, index: first, afterMs: Number(intended - began) / 1e6 });
  } else {
    rehearsed += began === null ? 1 : 0;
    queueMicrotask(() => dealing.ended(worker, answer));
  }
});
let totals = null;
const run = dealing.run((at) => start((began = at))).then((given) => (totals = given));
await started;
const atOnce = handed.length;

lost.push(dealing.lose(1, began)); // before its arrival
dealing.ended(0, answer);
dealing.resume(1);
lost.push(dealing.lose(0, began + 1_000_000_000n)); // in its task
dealing.resume(0);
dealing.ended(1, answer);
dealing.ended(0, answer);
await Promise.resolve();
const isOverEarly = totals !== null;
dealing.ended(1, answer);
await run;
process.stdout.write(JSON.stringify({ handed, lost, atOnce, isOverEarly, rehearsed, checksum: Number(totals.checksum), dropped: phase.dropped }));
