/** How much work a phase of a trial does: a number of tasks, a duration, or tasks that arrive by the clock. */

import { Arrivals } from './arrivals.mjs';
import { NEVER, now } from './clock.mjs';
import { TrialFailed } from './errors.mjs';

/** The least that a warm-up lasts in each worker, unless it is empty: about what V8 needs to find and compile what is hot. */
const SETTLE_NANOSECONDS = 50_000_000n;

/** The phases of a request. */
export function phasesOf(request) {
  return { warmup: new Phase('warmup', request.warmup, request.workers), load: new Phase('load', request.load, request.workers) };
}

/** `tasks` is Infinity where their number is not known before; `deadline` is when no further task may start; `arrivals` is what threads share of an open load, else null. */
export class Phase {
  constructor(name, body, workers) {
    this.isWarmup = name === 'warmup';
    this.arrivals = null;
    if (body.stages?.length > 0 && !this.isWarmup) {
      this.tasks = Infinity;
      this.duration = null;
      this.arrivals = Arrivals.share(body, workers);
    } else if (Number.isInteger(body.tasks) && body.tasks >= 0) {
      this.tasks = body.tasks;
      this.duration = null;
    } else if (body.durationMs >= 0) {
      this.tasks = Infinity;
      this.duration = BigInt(Math.round(body.durationMs * 1_000_000));
    } else {
      throw new TrialFailed(`the ${name} of the trial request has neither tasks nor durationMs${this.isWarmup ? '' : ' nor stages'}`);
    }
  }

  get isEmpty() {
    return this.tasks === 0 || this.duration === 0n;
  }

  /** How many of the tasks each of several workers gets where they are dealt out, as a warm-up is: it is for all of them. */
  share(workers) {
    return Math.ceil(this.tasks / workers);
  }

  /** Arrivals that were not let in. */
  get dropped() {
    return this.arrivals ? new Arrivals(this.arrivals).dropped : 0;
  }

  /** Starts the clock. */
  start() {
    const at = now();
    if (this.arrivals) {
      new Arrivals(this.arrivals).start(at);
    }
    return { at, deadline: this.duration === null ? NEVER : at + this.duration, settled: this.isWarmup && !this.isEmpty ? at + SETTLE_NANOSECONDS : 0n };
  }
}
