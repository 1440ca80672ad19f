/** A worker thread: runs the tasks of one worker, or in `async` of all of them, as the host asks. */

import { workerData } from 'node:worker_threads';

import { Arrivals, PacedIndexes, waitUntil } from './arrivals.mjs';
import { Arrived } from './arrived.mjs';
import { NEVER, nativeThreadId, now } from './clock.mjs';
import { TrialFailed, describe, formatStack } from './errors.mjs';
import { Faults } from './faults.mjs';
import { RangeOfIndexes, SharedIndexes } from './indexes.mjs';
import { WorkerLog, endOf, rehearse, runTasks } from './measuring.mjs';
import { divertOutput } from './output.mjs';
import { RingWriter } from './ring.mjs';
import { loadWorkload } from './workload.mjs';

const { request, workers, ring, port, gate, counter, times, asynchronous } = workerData;
const records = new RingWriter(ring, () => port.postMessage({ type: 'half' }));
const faults = workers.map((worker) => new Faults(request, worker, (number) => port.postMessage({ type: 'fault', number })));
let workload;
let tasks;

divertOutput();
try {
  workload = await loadWorkload(request);
  tasks = await Promise.all(workers.map(async (_, position) => faults[position].wrap(await workload.makeTask(asynchronous), asynchronous)));
  port.on('message', (message) => (message.type === 'run' ? run(message) : runChunk(message)));
  port.postMessage({ type: 'up', tid: nativeThreadId() });
} catch (error) {
  const known = error instanceof TrialFailed;
  port.postMessage({ type: 'failed', message: known ? error.message : describe(error), detail: known ? error.detail : formatStack(error) });
}

/** One phase whose tasks are pulled. */
async function run({ number, isWarmup, first, count, arrivals, arrived }) {
  const logs = workers.map((worker) => newLog(worker, isWarmup));
  port.postMessage({ type: 'waiting' });
  while (Atomics.load(gate, 0) !== number) {
    Atomics.wait(gate, 0, number - 1);
  }

  const [deadline, settled] = times;
  if (arrived) {
    await runArrived(logs, new Arrivals(arrivals), arrived);
  } else if (arrivals) {
    await runTasks(logs[0], tasks[0], new PacedIndexes(new Arrivals(arrivals)), NEVER);
  } else {
    await runAll(logs, isWarmup ? new RangeOfIndexes(first, count) : new SharedIndexes(counter, count), deadline);
  }
  if (now() < settled) {
    await runAll(logs, new RangeOfIndexes(first, Infinity), settled);
  }
  port.postMessage({ type: 'ended', ...endOf(logs, workload, asynchronous) });
}

function runAll(logs, indexes, deadline) {
  return Promise.all(tasks.map((task, position) => runTasks(logs[position], task, indexes, deadline)));
}

/** The arrivals of an open load, which another thread tells of. */
function runArrived(logs, arrivals, arrived) {
  return new Promise((resolve) => {
    const hand = new Arrived(arrivals, arrived, workers.length, give, resolve);
    async function give(position, { index, intended }) {
      await runTasks(logs[position], tasks[position], new RangeOfIndexes(index, 1, intended), NEVER);
      hand.ended(position);
    }
  });
}

/** Tasks that the host deals out. */
async function runChunk({ isWarmup, first, count, deadline, intended }) {
  const log = newLog(workers[0], isWarmup);
  if (count === 0) {
    await rehearse(newLog(workers[0], isWarmup));
  }
  await waitUntil(intended);
  const start = now();
  await runTasks(log, tasks[0], new RangeOfIndexes(first, count, intended), deadline);
  port.postMessage({ type: 'ended', nanoseconds: now() - start, ...endOf([log], workload, asynchronous) });
}

function newLog(worker, isWarmup) {
  records.publishes = !isWarmup;
  faults.forEach((each) => (each.isArmed = !isWarmup));
  return new WorkerLog(worker, records, (error) => port.postMessage({ type: 'error', error }));
}
