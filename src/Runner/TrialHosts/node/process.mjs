/** A worker process: runs the chunks of tasks that the host sends. */

import { waitUntil } from './arrivals.mjs';
import { nativeThreadId, now } from './clock.mjs';
import { ignoreInterrupts } from './ending.mjs';
import { TrialFailed, describe, formatStack } from './errors.mjs';
import { Faults, strike } from './faults.mjs';
import { RangeOfIndexes } from './indexes.mjs';
import { WorkerLog, endOf, rehearse, runTasks } from './measuring.mjs';
import { divertOutput } from './output.mjs';
import { RecordPacker } from './packing.mjs';
import { loadWorkload } from './workload.mjs';

const sendMessage = process.send.bind(process);
const records = new RecordPacker();
let workload;
let task;
let worker;
let faults;
let key;
let busy = Promise.resolve();

ignoreInterrupts();
divertOutput();
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); // the host is gone
process.on('uncaughtException', (error) => fail(new TrialFailed(`an error in worker process ${worker}, outside of any task: ${describe(error)}`, formatStack(error))));
process.on('message', (message) => {
  busy = busy.then(() => (message.type === 'start' ? start(message) : runChunk(message))).catch(fail);
});

async function start(message) {
  ({ worker, key } = message);
  // Faults of `process-per-task` are the host's to count, and come with the task.
  const counted = message.resume ? message.request : { ...message.request, faults: [] };
  faults = new Faults(counted, worker, (number) => send({ type: 'fault', number }), message.resume);
  workload = await loadWorkload(message.request);
  task = faults.wrap(await workload.makeTask(false), false);
  send({ type: 'up', tid: nativeThreadId() });
}

/** The payload travels to the tasks and back. The next chunk begins when the answer is on its way: what was done is then known, whatever becomes of this process. */
async function runChunk({ first, count, deadline, intended, isWarmup, payload, fault }) {
  const failures = [];
  const log = new WorkerLog(worker, records, (error) => failures.push(error));
  faults.isArmed = !isWarmup;
  if (count === 0) {
    await rehearse(new WorkerLog(worker, records, () => {}));
    records.take();
  }
  await waitUntil(intended);
  const began = now();
  await runTasks(log, fault ? struck(fault) : task, new RangeOfIndexes(first, count, intended), deadline);
  await send({ type: 'ended', nanoseconds: now() - began, records: records.take(), failures, payload, ...endOf([log], workload, false) });
}

function struck(fault) {
  return (index) => {
    strike(fault);
    return task(index);
  };
}

function send(message) {
  return new Promise((resolve) => sendMessage({ key, ...message }, resolve));
}

function fail(error) {
  const known = error instanceof TrialFailed;
  send({ type: 'failed', message: known ? error.message : describe(error), detail: known ? error.detail : formatStack(error) });
}
