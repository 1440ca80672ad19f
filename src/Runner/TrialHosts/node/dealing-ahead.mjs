/**
 * Handing the arrivals of an open load to workers ahead of their time: whoever is free gets the next one at once, and waits for its start by itself. What a message needs on its way is
 * over by then. Nobody who is busy has one, so that none waits while somebody else is free.
 */

import { Arrivals } from './arrivals.mjs';
import { NEVER, now } from './clock.mjs';
import { Totals } from './recording.mjs';

/**
 * So many messages without a task go to each worker and back before measuring begins, for at most so long: a warm-up of few tasks has seen few messages, and V8 would compile what they
 * need while it is measured, on a processor that the workers need.
 */
const REHEARSED_MESSAGES = 1_500;
const REHEARSED_NANOSECONDS = 1_000_000_000n;

/** A dealer as `dealOut` gives it, for workers that wait until the `intended` start of what they got. */
export class DealingAhead {
  #phase;
  #arrivals;
  #send;
  /** What each worker has; null where it is free. */
  #has;
  /** Who has ended, and has no successor yet. */
  #away = new Set();
  /** Handed to workers that ended before the time had come. */
  #again = [];
  /** How many messages each worker still has to see before measuring begins, and until when; null once it has begun. */
  #unseen;
  #rehearsedBy;
  #onRehearsed;
  #totals;
  #finish;

  constructor(phase, workers, send) {
    this.#phase = phase;
    this.#arrivals = new Arrivals(phase.arrivals);
    this.#send = send;
    this.#has = new Array(workers).fill(null);
    this.#unseen = new Array(workers).fill(REHEARSED_MESSAGES);
  }

  async run(onStart) {
    await this.#rehearse();
    const { at } = this.#phase.start();
    this.#totals = new Totals(at);
    onStart(at);
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#dealToFree();
    });
  }

  ended(worker, answer) {
    if (this.#unseen !== null) {
      this.#rehearseWith(worker);
      return;
    }
    this.#has[worker] = null;
    this.#deal(worker, true);
    this.#totals.add(answer);
    this.#endIfDone();
  }

  /** What had its time still before it when the worker ended was not begun: another one gets it. */
  lose(worker, endedAt) {
    const arrival = this.#has[worker];
    this.#has[worker] = null;
    this.#away.add(worker);
    if (arrival === null) {
      return 0;
    }
    if (arrival.intended > endedAt) {
      this.#again.push(arrival);
      this.#dealToFree();
      return 0;
    }
    this.#arrivals.end();
    return 1;
  }

  resume(worker) {
    this.#away.delete(worker);
    if (this.#unseen !== null) {
      this.#rehearseWith(worker);
      return;
    }
    this.#dealToFree();
    this.#endIfDone();
  }

  #rehearse() {
    this.#rehearsedBy = now() + REHEARSED_NANOSECONDS;
    return new Promise((resolve) => {
      this.#onRehearsed = resolve;
      this.#has.forEach((_, worker) => this.#rehearseWith(worker));
    });
  }

  /** Another message for a worker that has none; the last of all workers ends the rehearsal. */
  #rehearseWith(worker) {
    if (this.#unseen[worker] > 0 && now() < this.#rehearsedBy) {
      this.#unseen[worker]--;
      this.#send(worker, { first: 0, count: 0, deadline: NEVER, intended: now(), isWarmup: true });
      return;
    }
    this.#unseen[worker] = -1;
    if (this.#unseen.every((left) => left < 0)) {
      this.#unseen = null;
      this.#onRehearsed();
    }
  }

  #dealToFree() {
    this.#has.forEach((arrival, worker) => arrival === null && !this.#away.has(worker) && this.#deal(worker, false));
  }

  /** `hasEnded`: the worker's last one has just ended. */
  #deal(worker, hasEnded) {
    const arrival = this.#next(hasEnded);
    if (arrival !== null) {
      this.#has[worker] = arrival;
      this.#send(worker, { first: arrival.index, count: 1, deadline: NEVER, intended: arrival.intended, isWarmup: false });
    }
  }

  /** There is room for it: all that are in flight are with a worker, where none waits. */
  #next(hasEnded) {
    if (this.#again.length > 0) {
      if (hasEnded) {
        this.#arrivals.end();
      }
      return this.#again.shift();
    }
    const index = this.#arrivals.take(hasEnded);
    return index < 0 ? null : { index, intended: this.#arrivals.intended };
  }

  #endIfDone() {
    if (this.#again.length === 0 && this.#away.size === 0 && this.#has.every((arrival) => arrival === null)) {
      this.#finish(this.#totals);
    }
  }
}
