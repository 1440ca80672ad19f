/** A worker process: runs the chunks of tasks that the host sends. */

import { nativeThreadId, now } from './clock.mjs';
import { ignoreInterrupts } from './ending.mjs';
import { TrialFailed, describe, formatStack } from './errors.mjs';
import { RangeOfIndexes } from './indexes.mjs';
import { WorkerLog, endOf, runTasks } from './measuring.mjs';
import { divertOutput } from './output.mjs';
import { RecordPacker } from './packing.mjs';
import { loadWorkload } from './workload.mjs';

const sendMessage = process.send.bind(process);
const records = new RecordPacker();
let workload;
let task;
let worker;
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
  workload = await loadWorkload(message.request);
  task = await workload.makeTask(false);
  send({ type: 'up', tid: nativeThreadId() });
}

/** The payload travels to the tasks and back. */
async function runChunk({ first, count, deadline, payload }) {
  const failures = [];
  const log = new WorkerLog(worker, records, (error) => failures.push(error));
  const began = now();
  await runTasks(log, task, new RangeOfIndexes(first, count), deadline);
  send({ type: 'ended', nanoseconds: now() - began, records: records.take(), failures, payload, ...endOf([log], workload, false) });
}

function send(message) {
  sendMessage({ key, ...message });
}

function fail(error) {
  const known = error instanceof TrialFailed;
  send({ type: 'failed', message: known ? error.message : describe(error), detail: known ? error.detail : formatStack(error) });
}
