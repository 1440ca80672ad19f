/** Dealing out tasks in chunks to workers that answer each chunk with a message: what `pool` and `processes` have in common. */

import { now } from './clock.mjs';
import { Totals } from './recording.mjs';

/** A worker with a chunk shorter than this gets the next one before it has answered, so that it need not wait for the host. */
const SHORT_NANOSECONDS = 10_000_000n;

/** Deals one phase to `workers` workers: `send(worker, chunk)` hands one over, and `ended(worker, answer)` is to be called with its answer. */
export class Dealing {
  #phase;
  #size;
  #send;
  #under;
  #next = 0;
  #totals;
  #times;
  #finish;

  constructor(phase, chunkSize, workers, send) {
    this.#phase = phase;
    this.#size = phase.isWarmup ? Math.max(1, Math.min(chunkSize, phase.share(workers))) : chunkSize;
    this.#send = send;
    this.#under = new Array(workers).fill(0);
  }

  /** Gives the totals when every task has ended. */
  run(onStart) {
    this.#times = this.#phase.start();
    this.#totals = new Totals(this.#times.at);
    onStart(this.#times.at);
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#under.forEach((_, worker) => this.#deal(worker));
      this.#endIfDone();
    });
  }

  ended(worker, answer) {
    this.#under[worker]--;
    this.#totals.add(answer);
    for (let most = answer.nanoseconds < SHORT_NANOSECONDS ? 2 : 1; this.#under[worker] < most && this.#deal(worker); );
    this.#endIfDone();
  }

  /** False where there is no more to hand out. A warm-up whose tasks are all dealt goes on until it has lasted long enough. */
  #deal(worker) {
    const { deadline, settled } = this.#times;
    const isSettling = this.#next >= this.#phase.tasks;
    const until = isSettling ? settled : deadline;
    if (now() >= until) {
      return false;
    }
    const first = this.#next;
    const count = isSettling ? this.#size : Math.min(this.#size, this.#phase.tasks - first);
    this.#next += count;
    this.#under[worker]++;
    this.#send(worker, { first, count, deadline: until, isWarmup: this.#phase.isWarmup });
    return true;
  }

  #endIfDone() {
    if (this.#under.every((chunks) => chunks === 0)) {
      this.#finish(this.#totals);
    }
  }
}
