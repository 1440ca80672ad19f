/**
 * `processes`: worker processes (`child_process.fork`) that are fed by messages over the channel which Node.js opens to each of them, a Unix socket,
 * serialised as structured clones. A worker records a whole chunk and returns it packed with its answer. A worker that is lost is replaced, and the run goes on.
 */

import { now } from '../clock.mjs';
import { dealOut } from '../dealing.mjs';
import { TrialFailed } from '../errors.mjs';
import { EXIT_DETAIL, WorkerProcess } from '../worker-process.mjs';

const MOST_REPLACED = 100;

export function create(request, recorder, fail, book) {
  return new Processes(request, recorder, fail, book);
}

class Processes {
  #request;
  #recorder;
  #fail;
  #book;
  #workers = [];
  #dealing = null;
  #isWarmup = true;
  #replaced = 0;
  #replacing = new Set();

  constructor(request, recorder, fail, book) {
    if ((request.channel ?? 'pipe') !== 'pipe') {
      throw new TrialFailed(`the Node.js trial host has no channel '${request.channel}'; it has pipe`);
    }
    this.#request = request;
    this.#recorder = recorder;
    this.#fail = fail;
    this.#book = book;
  }

  start() {
    return Promise.all(Array.from({ length: this.#request.workers }, (_, worker) => this.#startOne(worker)));
  }

  async run(phase, onStart) {
    this.#isWarmup = phase.isWarmup;
    const payloadBytes = this.#request.payloadBytes ?? 0;
    const send = (worker, chunk) => this.#workers[worker].send(payloadBytes > 0 ? { ...chunk, payload: Buffer.alloc(payloadBytes * chunk.count) } : chunk);
    this.#dealing = dealOut(phase, this.#request.chunkSize ?? 1, this.#workers.length, send);
    const totals = await this.#dealing.run(onStart);
    // Whoever is lost gets a successor, also where no task is left for it.
    while (this.#replacing.size > 0) {
      await Promise.all(this.#replacing);
    }
    return totals;
  }

  async #startOne(worker) {
    const child = new WorkerProcess(this.#request, worker, this.#book.resume(worker));
    child.onFailure = this.#fail;
    child.onFault = (number) => this.#book.happened.add(number);
    child.onAnswer = (answer) => {
      // First of all: the worker waits for more.
      this.#dealing.ended(worker, answer);
      if (!this.#isWarmup) {
        this.#recorder.addRecords(answer.records);
        this.#book.answered(answer);
      }
      answer.failures.forEach((error) => this.#recorder.addError(error));
    };
    child.onEnd = (end) => {
      const replacing = this.#replace(worker, child, end).catch(this.#fail);
      this.#replacing.add(replacing);
      replacing.then(() => this.#replacing.delete(replacing));
    };
    this.#workers[worker] = child;
    return child.up;
  }

  async #replace(worker, child, { at: endedAt, reason }) {
    if (!child.isUp) {
      throw new TrialFailed(`worker process ${worker} (pid ${child.pid}) ${reason} while it started`, EXIT_DETAIL);
    }
    if (++this.#replaced > MOST_REPLACED) {
      throw new TrialFailed(`more than ${MOST_REPLACED} workers were lost; the last one, worker process ${worker} (pid ${child.pid}), ${reason}`, EXIT_DETAIL);
    }
    const dealing = this.#dealing;
    const taken = dealing?.lose(worker, endedAt) ?? 0;
    const lost = this.#isWarmup ? 0 : taken;
    this.#book.took(worker, lost);
    const { pid, tid } = await this.#startOne(worker);
    this.#recorder.addLoss({ at: now(), endedAt, worker, pid, tid, lost, reason });
    dealing?.resume(worker);
  }
}
