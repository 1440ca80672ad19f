/**
 * `process-per-task`: a new process for each task (`child_process.fork`), as many at a time as there are workers. A task starts before its process is started and ends when it has
 * ended in it. The workers are places, whose processes come and go.
 */

import { NEVER, now } from '../clock.mjs';
import { dealOutInTime } from '../dealing.mjs';
import { TrialFailed } from '../errors.mjs';
import { Faults } from '../faults.mjs';
import { EXIT_DETAIL, WorkerProcess } from '../worker-process.mjs';

const MOST_LOST = 100;
const START_OFFSET = 16; // of a task record

export function create(request, recorder, fail, book) {
  return new ProcessPerTask(request, recorder, fail, book);
}

class ProcessPerTask {
  #request;
  #recorder;
  #fail;
  #book;
  #faults;
  #dealing;
  #lost = 0;

  constructor(request, recorder, fail, book) {
    this.#request = request;
    this.#recorder = recorder;
    this.#fail = fail;
    this.#book = book;
    this.#faults = Array.from({ length: request.workers }, (_, worker) => new Faults(request, worker, (number) => book.happened.add(number)));
  }

  async start() {
    return this.#faults.map(() => ({ pid: process.pid, tid: 0 }));
  }

  async run(phase, onStart) {
    this.#faults.forEach((faults) => (faults.isArmed = !phase.isWarmup));
    this.#dealing = await dealOutInTime(phase, 1, this.#faults.length, (worker, chunk) => this.#startOne(worker, chunk), this.#fail);
    return this.#dealing.run(onStart);
  }

  #startOne(worker, chunk) {
    const start = now();
    const fault = this.#faults[worker].due();
    const child = new WorkerProcess(this.#request, worker);
    let answer = null;
    child.onFailure = this.#fail;
    child.onAnswer = (message) => {
      if (answer) {
        this.#fail(new TrialFailed(`the process of a task of worker ${worker} answered twice`));
      }
      answer = message;
      child.release();
    };
    child.onEnd = (end) => (answer ? this.#ended(worker, chunk, start, answer) : this.#lose(worker, chunk, child, end));
    // It has started already, whenever the process is up.
    child.send({ ...chunk, deadline: NEVER, fault, payload: this.#request.payloadBytes > 0 ? Buffer.alloc(this.#request.payloadBytes) : undefined });
  }

  /** The process has its own time of the start; what it took to start it belongs to the task. */
  #ended(worker, { isWarmup }, start, answer) {
    if (!isWarmup && answer.records.length > 0) {
      new DataView(answer.records.buffer, answer.records.byteOffset).setBigInt64(START_OFFSET, start, true);
      this.#recorder.addRecords(answer.records);
      this.#book.took(worker, 1);
    }
    answer.failures.forEach((error) => this.#recorder.addError(error));
    // Each chunk is over before the next begins, however short it was.
    this.#dealing.ended(worker, { ...answer, nanoseconds: Infinity });
  }

  #lose(worker, { isWarmup }, child, { at, reason }) {
    if (++this.#lost > MOST_LOST) {
      this.#fail(new TrialFailed(`more than ${MOST_LOST} processes ended before their task; the last one (pid ${child.pid}) ${reason}`, EXIT_DETAIL));
      return;
    }
    this.#dealing.lose(worker);
    this.#book.took(worker, isWarmup ? 0 : 1);
    this.#recorder.addLoss({ at: now(), endedAt: at, worker, pid: process.pid, tid: 0, lost: isWarmup ? 0 : 1, reason });
    this.#dealing.resume(worker);
  }
}
