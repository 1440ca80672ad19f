/** Faults that are injected on purpose, just before a worker starts its so many-th measured task. */

import { writeSync } from 'node:fs';

const STANDARD_ERROR = 2;

/** What a task throws that is to end with an exception. */
class InjectedFault extends Error {
  name = 'InjectedFault';
}

/** The faults of one worker. */
export class Faults {
  /** Set while measured tasks run: a warm-up has none. */
  isArmed = false;
  taken;

  #worker;
  #faults;
  #onHappened;

  /** `taken` is how many measured tasks this worker's place had before, `happened` are the numbers of the faults that did; `onHappened(number)` is told of another. */
  constructor(request, worker, onHappened, { taken = 0, happened = [] } = {}) {
    this.#worker = worker;
    this.#onHappened = onHappened;
    this.taken = taken;
    this.#faults = faultsOf(request).filter((fault) => fault.worker === worker && !happened.includes(fault.number));
  }

  /** `task` itself where the worker has no fault, so that faults cost nothing elsewhere. */
  wrap(task, asynchronous) {
    return this.#faults.length === 0 ? task : (index) => {
      const fault = this.due();
      return fault && fault.kind === 'hang' && asynchronous ? new Promise(() => {}) : (strike(fault), task(index));
    };
  }

  /** Counts a task; the fault that is to happen before it, if there is one. */
  due() {
    if (!this.isArmed) {
      return null;
    }
    this.taken++;
    const fault = this.#faults.find(({ atTask }) => atTask === this.taken);
    if (!fault) {
      return null;
    }
    this.#onHappened(fault.number);
    return { kind: fault.kind, name: `the experiment's fault ${fault.kind} at task ${this.taken} of worker ${this.#worker}` };
  }
}

/** Lets a fault happen. */
export function strike(fault) {
  if (fault?.kind === 'exception') {
    throw new InjectedFault(fault.name);
  }
  if (fault?.kind === 'crash') {
    writeSync(STANDARD_ERROR, `${fault.name}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
  while (fault) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
}

/** What the host knows of the faults of all workers. */
export class FaultBook {
  happened = new Set();
  #request;
  #taken;

  constructor(request) {
    this.#request = request;
    this.#taken = new Array(request.workers).fill(0);
  }

  /** A worker took so many measured tasks more, which ended or are lost. */
  took(worker, tasks) {
    this.#taken[worker] += tasks;
  }

  /** The same as an answer tells it: pairs of worker and tasks. */
  answered({ taken }) {
    taken.forEach(([worker, tasks]) => this.took(worker, tasks));
  }

  /** What the next process in a place is told. */
  resume(worker) {
    return { taken: this.#taken[worker], happened: [...this.happened] };
  }

  /** The faults that did not happen, in sentences. */
  missed() {
    return faultsOf(this.#request)
      .filter(({ number }) => !this.happened.has(number))
      .map(({ kind, atTask, worker }) => `the fault ${kind} at task ${atTask} of worker ${worker} did not happen: the worker took ${this.#taken[worker] ?? 0} measured tasks`);
  }
}

function faultsOf(request) {
  return (request.faults ?? []).map((fault, number) => ({ ...fault, number }));
}
