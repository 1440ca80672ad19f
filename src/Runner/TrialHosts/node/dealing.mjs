/** Dealing out tasks in chunks to workers that answer each chunk with a message: what `pool` and `processes` have in common. */

import { watchArrivals } from './arrivals-thread.mjs';
import { Arrivals } from './arrivals.mjs';
import { Arrived } from './arrived.mjs';
import { NEVER, now } from './clock.mjs';
import { DealingAhead } from './dealing-ahead.mjs';
import { Totals } from './recording.mjs';

/** A worker with a chunk shorter than this gets the next one before it has answered, so that it need not wait for the host. */
const SHORT_NANOSECONDS = 10_000_000n;

/**
 * What deals one phase to `workers` workers: `send(worker, chunk)` hands a chunk over, `run(onStart)` gives the totals when every task has ended, `ended(worker, answer)` is to be
 * called with the answer to a chunk, and `lose(worker, endedAt)` when it has ended with what it had: that gives how many tasks are lost with it; `resume(worker)` when another has its place.
 * A worker waits until the `intended` start of a chunk by itself.
 */
export function dealOut(phase, chunkSize, workers, send) {
  return phase.arrivals ? new DealingAhead(phase, workers, send) : new Dealing(phase, chunkSize, workers, send);
}

/** The same for workers that only come to be with their task: each gets an arrival when its time has come. */
export async function dealOutInTime(phase, chunkSize, workers, send, fail) {
  return phase.arrivals ? new ArrivalsDealing(phase, workers, send, await watchArrivals(phase.arrivals, fail)) : new Dealing(phase, chunkSize, workers, send);
}

class Dealing {
  #phase;
  #size;
  #send;
  #under;
  #next = 0;
  #again = [];
  #totals;
  #times;
  #finish;

  constructor(phase, chunkSize, workers, send) {
    this.#phase = phase;
    this.#size = phase.isWarmup ? Math.max(1, Math.min(chunkSize, phase.share(workers))) : chunkSize;
    this.#send = send;
    this.#under = Array.from({ length: workers }, () => []);
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
    this.#under[worker].shift();
    this.#totals.add(answer);
    for (let most = answer.nanoseconds < SHORT_NANOSECONDS ? 2 : 1; this.#under[worker].length < most && this.#deal(worker); );
    this.#endIfDone();
  }

  /** A worker begins a chunk when its answer to the one before is on its way: of those that it has, only the first can have been begun. The others go to whoever is free. */
  lose(worker) {
    const [begun, ...rest] = this.#under[worker];
    this.#under[worker] = [];
    this.#again.push(...rest);
    return begun?.count ?? 0;
  }

  /** Another worker has the place of one that was lost. */
  resume(worker) {
    this.#deal(worker);
    this.#under.forEach((chunks, other) => chunks.length === 0 && this.#deal(other));
    this.#endIfDone();
  }

  /** False where there is no more to hand out. A warm-up whose tasks are all dealt goes on until it has lasted long enough. */
  #deal(worker) {
    if (this.#again.length > 0) {
      this.#hand(worker, this.#again.shift());
      return true;
    }
    const { deadline, settled } = this.#times;
    const isSettling = this.#next >= this.#phase.tasks;
    const until = isSettling ? settled : deadline;
    if (now() >= until) {
      return false;
    }
    const first = this.#next;
    const count = isSettling ? this.#size : Math.min(this.#size, this.#phase.tasks - first);
    this.#next += count;
    this.#hand(worker, { first, count, deadline: until, intended: 0n, isWarmup: this.#phase.isWarmup });
    return true;
  }

  #hand(worker, chunk) {
    this.#under[worker].push(chunk);
    this.#send(worker, chunk);
  }

  #endIfDone() {
    if (this.#again.length === 0 && this.#under.every((chunks) => chunks.length === 0)) {
      this.#finish(this.#totals);
    }
  }
}

/** Each arrival of an open load as a chunk of its own, once its time has come. */
class ArrivalsDealing {
  #phase;
  #workers;
  #send;
  #watch;
  #totals;
  #arrived;
  #busy;

  constructor(phase, workers, send, watch) {
    this.#phase = phase;
    this.#workers = workers;
    this.#send = send;
    this.#watch = watch;
    this.#busy = new Array(workers).fill(false);
  }

  run(onStart) {
    const { at } = this.#phase.start();
    this.#totals = new Totals(at);
    onStart(at);
    return new Promise((resolve) => {
      this.#arrived = new Arrived(new Arrivals(this.#phase.arrivals), this.#watch.port, this.#workers, (worker, arrival) => this.#give(worker, arrival), () => resolve(this.#totals));
      this.#watch.start();
    });
  }

  ended(worker, answer) {
    this.#busy[worker] = false;
    this.#totals.add(answer);
    this.#arrived.ended(worker);
  }

  /** Its place takes no other task until `resume`. */
  lose(worker) {
    return this.#busy[worker] ? 1 : 0;
  }

  resume(worker) {
    if (this.#busy[worker]) {
      this.#busy[worker] = false;
      this.#arrived.ended(worker);
    }
  }

  #give(worker, { index, intended }) {
    this.#busy[worker] = true;
    this.#send(worker, { first: index, count: 1, deadline: NEVER, intended, isWarmup: false });
  }
}
