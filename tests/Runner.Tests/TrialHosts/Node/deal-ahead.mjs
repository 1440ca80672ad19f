// Deals five arrivals to two workers that are lost at the worst moments: node deal-ahead.mjs HOST. Prints what was handed to whom, and how many tasks each loss cost.
import { pathToFileURL } from 'node:url';

const [host] = process.argv.slice(2);
const { DealingAhead } = await import(pathToFileURL(`${host}/dealing-ahead.mjs`));
const { Phase } = await import(pathToFileURL(`${host}/load.mjs`));

const handed = [];
const lost = [];
const answer = { checksum: 1n, errors: 0, lastEnd: 0n, warnings: [] };
const phase = new Phase('load', { stages: [{ ratePerSecond: 10, durationMs: 500 }], maxInFlight: 10 }, 2);
const dealing = new DealingAhead(phase, 2, (worker, { first, intended }) => handed.push({ worker, index: first, afterMs: Number(intended - began) / 1e6 }));
let began;
let totals = null;
const run = dealing.run((at) => (began = at)).then((given) => (totals = given));
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
process.stdout.write(JSON.stringify({ handed, lost, atOnce, isOverEarly, checksum: Number(totals.checksum), dropped: phase.dropped }));
