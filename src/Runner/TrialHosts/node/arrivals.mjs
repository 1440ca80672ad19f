/**
 * Open load: tasks arrive by the clock, whatever becomes of those before them. The state is in shared memory, so that threads can take from it directly.
 *
 * An arrival is in flight from its time until its task has ended, whether it waits for a worker or is in one; what arrives while the most are in flight is dropped.
 * Nobody has to watch the clock for that: between two calls the number in flight can only grow by arrivals, so the next call counts what arrived since, exactly.
 */

import { now } from './clock.mjs';
import { TrialFailed } from './errors.mjs';

const [LOCK, CHANGED] = [0, 1];
const [NEXT, IN_FLIGHT, DROPPED, TAKEN_OF_FIRST, HEAD, TAIL, FIRST_RANGE] = [0, 1, 2, 3, 4, 5, 6];
const WAIT_MILLISECONDS = 100;
const LONG_MILLISECONDS = 20;

/** When tasks arrive, in nanoseconds after measuring began: each stage has its first arrival at its start and the others evenly spaced. */
export class Schedule {
  count = 0;
  #stages = [];

  constructor(stages) {
    let begin = 0;
    for (const { ratePerSecond: rate, durationMs } of stages) {
      // The allowance keeps what is a whole number but for the last bit from becoming one more.
      const count = Math.max(1, Math.ceil((rate * durationMs) / 1000 - 1e-9));
      this.#stages.unshift({ begin, rate, first: this.count, count });
      begin += Math.trunc(durationMs * 1e6);
      this.count += count;
    }
  }

  at(index) {
    const { begin, rate, first } = this.#stages.find((stage) => index >= stage.first);
    return begin + Math.trunc(((index - first) * 1e9) / rate);
  }

  /** How many tasks have arrived at a time. */
  dueBy(at) {
    const stage = this.#stages.find(({ begin }) => at >= begin);
    if (!stage) {
      return 0;
    }
    const { rate, first, count } = stage;
    let due = Math.min(count, Math.trunc(((at - stage.begin) * rate) / 1e9) + 1);
    // Rounding may be off by one; the times themselves decide.
    while (due < count && this.at(first + due) <= at) {
      due++;
    }
    while (due > 0 && this.at(first + due - 1) > at) {
      due--;
    }
    return first + due;
  }
}

/** The one schedule that all workers take their tasks from. Each thread has an object of its own over the same `shared`. */
export class Arrivals {
  /** When the last one that was taken is meant to start, on the monotonic clock. */
  intended = 0n;

  #schedule;
  #most;
  #cells;
  #state;
  #begin;

  constructor({ stages, most, cells, state, begin }) {
    this.#schedule = new Schedule(stages);
    this.#most = most;
    this.#cells = new Int32Array(cells);
    this.#state = new Float64Array(state);
    this.#begin = new BigInt64Array(begin);
  }

  /** What objects in several threads share, for the load of a request. */
  static share({ stages, maxInFlight }, workers) {
    if (!(maxInFlight >= workers)) {
      throw new TrialFailed(`maxInFlight is ${maxInFlight} and there are ${workers} workers, some of which could never get a task`);
    }
    // Each range that waits has at least one arrival.
    const ranges = maxInFlight + 1;
    return { stages, most: maxInFlight, cells: new SharedArrayBuffer(8), state: new SharedArrayBuffer(8 * (FIRST_RANGE + 2 * ranges)), begin: new SharedArrayBuffer(8) };
  }

  /** `at` is when measuring begins. */
  start(at) {
    this.#begin[0] = at;
  }

  get dropped() {
    return this.#state[DROPPED];
  }

  /**
   * The index of the next task: of that which waits longest, or else of the next to arrive, for which the caller waits until `intended`. -1 when there is none any more.
   * `hasEnded`: the worker's last one has just ended.
   */
  take(hasEnded) {
    this.#lock();
    this.#admit();
    if (hasEnded) {
      this.#state[IN_FLIGHT]--;
    }
    const index = this.#takeNow();
    this.#unlock();
    if (index >= 0) {
      this.intended = this.#begin[0] + BigInt(this.#schedule.at(index));
    }
    return index;
  }

  /** `take` for one thread that takes for all workers: it waits until there is room for another arrival. */
  takeForOthers() {
    for (;;) {
      this.#lock();
      this.#admit();
      const seen = Atomics.load(this.#cells, CHANGED);
      const isFull = this.#waiting === 0 && this.#state[NEXT] < this.#schedule.count && this.#state[IN_FLIGHT] >= this.#most;
      const index = isFull ? -1 : this.#takeNow();
      this.#unlock();
      if (!isFull) {
        this.intended = index >= 0 ? this.#begin[0] + BigInt(this.#schedule.at(index)) : 0n;
        return index;
      }
      Atomics.wait(this.#cells, CHANGED, seen, WAIT_MILLISECONDS);
    }
  }

  /** A task has ended, and its worker does not take another one now. */
  end() {
    this.#lock();
    this.#admit();
    this.#state[IN_FLIGHT]--;
    Atomics.add(this.#cells, CHANGED, 1);
    this.#unlock();
    Atomics.notify(this.#cells, CHANGED);
  }

  get #waiting() {
    return this.#state[TAIL] - this.#state[HEAD];
  }

  #takeNow() {
    const state = this.#state;
    if (this.#waiting > 0) {
      const slot = this.#slot(state[HEAD]);
      const index = state[slot] + state[TAKEN_OF_FIRST];
      if (++state[TAKEN_OF_FIRST] === state[slot + 1]) {
        state[HEAD]++;
        state[TAKEN_OF_FIRST] = 0;
      }
      return index;
    }
    if (state[NEXT] >= this.#schedule.count) {
      return -1;
    }
    state[IN_FLIGHT]++;
    return state[NEXT]++;
  }

  /** Lets in or drops what has arrived since the last call. */
  #admit() {
    const state = this.#state;
    const arrived = this.#schedule.dueBy(Number(now() - this.#begin[0])) - state[NEXT];
    if (arrived <= 0) {
      return;
    }
    const admitted = Math.min(arrived, Math.max(0, this.#most - state[IN_FLIGHT]));
    if (admitted > 0) {
      const slot = this.#slot(state[TAIL]++);
      state[slot] = state[NEXT];
      state[slot + 1] = admitted;
      state[IN_FLIGHT] += admitted;
    }
    state[DROPPED] += arrived - admitted;
    state[NEXT] += arrived;
  }

  #slot(range) {
    return FIRST_RANGE + 2 * (range % (this.#most + 1));
  }

  #lock() {
    while (Atomics.compareExchange(this.#cells, LOCK, 0, 1) !== 0) {
      Atomics.wait(this.#cells, LOCK, 1, 1);
    }
  }

  #unlock() {
    Atomics.store(this.#cells, LOCK, 0);
    Atomics.notify(this.#cells, LOCK, 1);
  }
}

/** The tasks of one worker that blocks its thread until each has arrived. */
export class PacedIndexes {
  #arrivals;
  #hasTaken = false;

  constructor(arrivals) {
    this.#arrivals = arrivals;
  }

  get intended() {
    return this.#arrivals.intended;
  }

  next() {
    const index = this.#arrivals.take(this.#hasTaken);
    this.#hasTaken = index >= 0;
    if (index >= 0) {
      sleepUntil(this.#arrivals.intended);
    }
    return index;
  }
}

const later = setTimeout; // before a task's code could replace it
const sleeping = new Int32Array(new SharedArrayBuffer(4));

/** Waits until a time of the monotonic clock in a thread that has an event loop: long before it, the loop goes on; its timers have steps of 1 ms, so the end is slept. */
export async function waitUntil(at) {
  const left = Number(at - now()) / 1e6;
  if (left > LONG_MILLISECONDS) {
    await new Promise((resolve) => later(resolve, left - LONG_MILLISECONDS / 2));
  }
  sleepUntil(at);
}

/** Blocks the thread until a time of the monotonic clock. */
export function sleepUntil(at) {
  for (let left = Number(at - now()); left > 0; left = Number(at - now())) {
    Atomics.wait(sleeping, 0, 0, left / 1e6);
  }
}
