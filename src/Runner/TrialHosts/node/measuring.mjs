/** The measured loop of one worker. Every strategy runs it, so that they compare. */

import { NEVER, now } from './clock.mjs';
import { describe, formatStack } from './errors.mjs';
import { RangeOfIndexes } from './indexes.mjs';
import { Checksum } from './results.mjs';

const [DONE, ERROR] = [0, 1];
const MAX_ERRORS = 5;

/** What one worker did in one phase, recording into a ring or packer. */
export class WorkerLog {
  errors = 0;
  /** Tasks that ended, errors included. */
  tasks = 0;
  lastEnd = 0n;
  /** Whether a task returned a promise. */
  awaited = false;
  checksum = new Checksum();

  #onError;

  constructor(worker, records, onError) {
    this.worker = worker;
    this.records = records;
    this.#onError = onError;
  }

  addError(index, intended, start, end, error) {
    this.records.add(this.worker, ERROR, intended, start, end);
    this.lastEnd = end;
    if (++this.errors <= MAX_ERRORS) {
      this.#onError({ index, worker: this.worker, message: describe(error), traceback: formatStack(error) });
    }
  }
}

/**
 * Runs `task` for each index until there are no more or the deadline has come. A promise is awaited, before this worker's next task; a plain result
 * is not, so that tasks which never wait give the event loop to nobody, as in any Node.js program.
 */
export async function runTasks(log, task, indexes, deadline) {
  const { worker, records, checksum } = log;
  let end = 0n;
  for (let index = indexes.next(); index >= 0; index = indexes.next()) {
    const { intended } = indexes;
    const start = now();
    if (start >= deadline) {
      break;
    }
    try {
      let value = task(index);
      if (typeof value === 'object' && value !== null && typeof value.then === 'function') {
        log.awaited = true;
        value = await value;
      }
      end = now();
      checksum.add(value);
    } catch (error) {
      end = now();
      log.tasks++;
      log.addError(index, intended, start, end, error);
      continue;
    }
    log.tasks++;
    records.add(worker, DONE, intended, start, end);
  }
  if (end > log.lastEnd) {
    log.lastEnd = end;
  }
}

/** Runs a task that does nothing, so that V8 finds what is hot around tasks before they are measured. The log is not used for anything else. */
export function rehearse(log) {
  return runTasks(log, () => 0, new RangeOfIndexes(0, 1), NEVER);
}

/** What the logs of a thread or process say together, to be sent to the host. */
export function endOf(logs, workload, asynchronous) {
  return {
    checksum: logs.reduce((sum, log) => sum + log.checksum.value, 0n),
    errors: logs.reduce((sum, log) => sum + log.errors, 0),
    taken: logs.map((log) => [log.worker, log.tasks]),
    lastEnd: logs.reduce((last, log) => (log.lastEnd > last ? log.lastEnd : last), 0n),
    warnings: logs.some((log) => log.lastEnd > 0n) ? workload.warnings(asynchronous, logs.some((log) => log.awaited)) : [],
  };
}
