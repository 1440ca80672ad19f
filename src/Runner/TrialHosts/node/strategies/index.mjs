/**
 * The strategies: how the tasks of a trial run at the same time. One module each, with `create(request, recorder, fail, book)`.
 *
 * A strategy has `start()`, which brings all workers up and gives `{ pid, tid }` of each; and `run(phase, onStart)`, which runs a phase on them,
 * calls `onStart(at)` when its clock starts, and gives the phase's `Totals`. The workers stay alive after that. Whatever goes wrong with a worker goes
 * to `fail`. `book` keeps the injected faults that happened.
 */

import { TrialFailed } from '../errors.mjs';

const MODULES = {
  sequential: './sequential.mjs',
  threads: './threads.mjs',
  async: './event-loop.mjs',
  pool: './pool.mjs',
  processes: './processes.mjs',
  'process-per-task': './process-per-task.mjs',
};

export async function createStrategy(request, recorder, fail, book) {
  const module = MODULES[request.strategy];
  if (!module) {
    throw new TrialFailed(`the Node.js trial host has no strategy '${request.strategy}'; it has ${Object.keys(MODULES).join(', ')}`);
  }
  return (await import(module)).create(request, recorder, fail, book);
}
