/**
 * `processes`: worker processes (`child_process.fork`) that are fed by messages over the channel which Node.js opens to each of them, a Unix socket,
 * serialised as structured clones. A worker records a whole chunk and returns it packed with its answer.
 */

import { Dealing } from '../dealing.mjs';
import { TrialFailed } from '../errors.mjs';
import { WorkerProcess } from '../worker-process.mjs';

export function create(request, recorder, fail) {
  return new Processes(request, recorder, fail);
}

class Processes {
  #request;
  #recorder;
  #fail;
  #workers = [];
  #dealing;
  #isWarmup = true;

  constructor(request, recorder, fail) {
    if ((request.channel ?? 'pipe') !== 'pipe') {
      throw new TrialFailed(`the Node.js trial host has no channel '${request.channel}'; it has pipe`);
    }
    this.#request = request;
    this.#recorder = recorder;
    this.#fail = fail;
  }

  start() {
    return Promise.all(Array.from({ length: this.#request.workers }, (_, worker) => this.#startOne(worker)));
  }

  run(phase, onStart) {
    this.#isWarmup = phase.isWarmup;
    const payloadBytes = this.#request.payloadBytes ?? 0;
    this.#dealing = new Dealing(phase, this.#request.chunkSize ?? 1, this.#workers.length, (worker, chunk) =>
      this.#workers[worker].send(payloadBytes > 0 ? { ...chunk, payload: Buffer.alloc(payloadBytes * chunk.count) } : chunk),
    );
    return this.#dealing.run(onStart);
  }

  async #startOne(worker) {
    const child = new WorkerProcess(this.#request, worker);
    child.onFailure = this.#fail;
    child.onAnswer = (answer) => {
      if (!this.#isWarmup) {
        this.#recorder.addRecords(answer.records);
      }
      answer.failures.forEach((error) => this.#recorder.addError(error));
      this.#dealing.ended(worker, answer);
    };
    this.#workers[worker] = child;
    return child.up;
  }
}
