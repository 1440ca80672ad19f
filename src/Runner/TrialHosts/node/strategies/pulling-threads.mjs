/** Threads whose workers pull the next index from shared memory: `sequential`, `threads` and `async` differ in how many threads and workers there are. */

import { watchArrivals } from '../arrivals-thread.mjs';
import { Totals } from '../recording.mjs';
import { WorkerThreads } from '../worker-threads.mjs';

export class PullingThreads {
  #request;
  #threads;
  #groups;
  #asynchronous;
  #fail;
  #book;
  #phases = 0;
  /** A gate that opens when all threads stand before it, the next index, and until when tasks start, in a warm-up until when at least. */
  #shared = {
    gate: new Int32Array(new SharedArrayBuffer(4)),
    counter: new Int32Array(new SharedArrayBuffer(4)),
    times: new BigInt64Array(new SharedArrayBuffer(16)),
  };

  /** `groups` holds the numbers of each thread's workers. */
  constructor(request, recorder, fail, book, groups, asynchronous = false) {
    this.#request = request;
    this.#fail = fail;
    this.#book = book;
    this.#threads = new WorkerThreads(recorder, fail, book);
    this.#groups = groups;
    this.#asynchronous = asynchronous;
  }

  async start() {
    const parts = this.#groups.map((workers) => ({ ...this.#shared, workers, asynchronous: this.#asynchronous }));
    const tids = await this.#threads.start(this.#request, parts);
    return this.#groups.flatMap((workers, position) => workers.map(() => ({ pid: process.pid, tid: this.#asynchronous ? 0 : tids[position] })));
  }

  async run(phase, onStart) {
    const { gate, counter, times } = this.#shared;
    const number = ++this.#phases;
    // A thread can wait for each arrival's time, an event loop has more to wait for.
    const watch = phase.arrivals && this.#asynchronous ? await watchArrivals(phase.arrivals, this.#fail) : null;
    await this.#threads.ask('waiting', (position) => ({ type: 'run', number, arrivals: phase.arrivals, arrived: watch?.port, ...this.#indexesOf(phase, position) }));

    const answers = Promise.all(this.#threads.ports.map((port) => this.#threads.nextOf(port, 'ended')));
    counter[0] = 0;
    const { at, deadline, settled } = phase.start();
    times[0] = deadline;
    times[1] = settled;
    onStart(at);
    watch?.start();
    Atomics.store(gate, 0, number);
    Atomics.notify(gate, 0);
    const totals = new Totals(at);
    for (const answer of await answers) {
      if (!phase.isWarmup) {
        this.#book.answered(answer);
      }
      totals.add(answer);
    }
    return totals;
  }

  /** A warm-up is dealt out, because each thread has an engine of its own to warm up; measured tasks are pulled. */
  #indexesOf(phase, position) {
    const count = phase.isWarmup ? phase.share(this.#groups.length) : phase.tasks;
    return { isWarmup: phase.isWarmup, first: phase.isWarmup && Number.isFinite(count) ? position * count : 0, count };
  }
}
