/**
 * `pool`: worker threads that are fed by messages, as the worker pools of Node.js programs are. Node.js has no pool of its own that runs JavaScript:
 * the threads of libuv's serve its native calls only (docs/decisions/012-node-host.md).
 */

import { Dealing } from '../dealing.mjs';
import { WorkerThreads } from '../worker-threads.mjs';

export function create(request, recorder, fail) {
  return new Pool(request, recorder, fail);
}

class Pool {
  #request;
  #threads;
  #dealing;

  constructor(request, recorder, fail) {
    this.#request = request;
    this.#threads = new WorkerThreads(recorder, fail);
  }

  async start() {
    const parts = Array.from({ length: this.#request.workers }, (_, worker) => ({ workers: [worker], asynchronous: false }));
    const tids = await this.#threads.start(this.#request, parts);
    this.#threads.ports.forEach((port, worker) => port.on('message', (message) => message.type === 'ended' && this.#dealing.ended(worker, message)));
    return tids.map((tid) => ({ pid: process.pid, tid }));
  }

  run(phase, onStart) {
    const { ports } = this.#threads;
    this.#dealing = new Dealing(phase, this.#request.chunkSize ?? 1, ports.length, (worker, chunk) => ports[worker].postMessage({ type: 'chunk', ...chunk }));
    return this.#dealing.run(onStart);
  }
}
