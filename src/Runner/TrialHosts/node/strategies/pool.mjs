/**
 * `pool`: worker threads that are fed by messages, as the worker pools of Node.js programs are. Node.js has no pool of its own that runs JavaScript:
 * the threads of libuv's serve its native calls only (docs/decisions/012-node-host.md).
 */

import { dealOut } from '../dealing.mjs';
import { WorkerThreads } from '../worker-threads.mjs';

export function create(request, recorder, fail, book) {
  return new Pool(request, recorder, fail, book);
}

class Pool {
  #request;
  #book;
  #isWarmup = true;
  #threads;
  #dealing;

  constructor(request, recorder, fail, book) {
    this.#request = request;
    this.#book = book;
    this.#threads = new WorkerThreads(recorder, fail, book);
  }

  async start() {
    const parts = Array.from({ length: this.#request.workers }, (_, worker) => ({ workers: [worker], asynchronous: false }));
    const tids = await this.#threads.start(this.#request, parts);
    this.#threads.ports.forEach((port, worker) => port.on('message', (message) => message.type === 'ended' && this.#ended(worker, message)));
    return tids.map((tid) => ({ pid: process.pid, tid }));
  }

  async run(phase, onStart) {
    this.#isWarmup = phase.isWarmup;
    const { ports } = this.#threads;
    this.#dealing = dealOut(phase, this.#request.chunkSize ?? 1, ports.length, (worker, chunk) => ports[worker].postMessage({ type: 'chunk', ...chunk }));
    return this.#dealing.run(onStart);
  }

  #ended(worker, answer) {
    if (!this.#isWarmup) {
      this.#book.answered(answer);
    }
    this.#dealing.ended(worker, answer);
  }
}
