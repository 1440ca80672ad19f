/** A thread that watches the clock of an open load, and tells of each arrival when its time has come: who hands tasks out has more to wait for. */

import { MessageChannel, Worker, isMainThread, workerData } from 'node:worker_threads';

import { Arrivals, sleepUntil } from './arrivals.mjs';
import { TrialFailed, describe } from './errors.mjs';

/** Starts it; gives the port that says `{ index, intended }` for each arrival and `{ index: -1 }` at the end, once `start(at)` was called. */
export async function watchArrivals(shared, fail) {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(new URL(import.meta.url), { workerData: { watches: shared, gate, port: port2 }, transferList: [port2], stdout: true, stderr: true });
  thread.on('error', (error) => fail(new TrialFailed(`the thread that watches the clock failed: ${describe(error)}`)));
  await new Promise((resolve) => port1.once('message', resolve));
  return {
    port: port1,
    start() {
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
    },
  };
}

if (!isMainThread && workerData?.watches) {
  const { watches, gate, port } = workerData;
  const arrivals = new Arrivals(watches);
  port.postMessage('up');
  Atomics.wait(gate, 0, 0);
  for (let index = arrivals.takeForOthers(); index >= 0; index = arrivals.takeForOthers()) {
    sleepUntil(arrivals.intended);
    port.postMessage({ index, intended: arrivals.intended });
  }
  port.postMessage({ index: -1 });
}
