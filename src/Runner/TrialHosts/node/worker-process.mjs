/** A worker process, seen from the host. */

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

import { now } from './clock.mjs';
import { TrialFailed, describe } from './errors.mjs';

const ENTRY = fileURLToPath(new URL('process.mjs', import.meta.url));
const STANDARD_ERROR = 2;

export class WorkerProcess {
  /** Called with each answer to a chunk. */
  onAnswer = () => {};
  /** Called with the number of an injected fault that happens. */
  onFault = () => {};
  /** Called with what went wrong, once. */
  onFailure = () => {};
  /** Called with when and how the process ended, after all that it said; once. */
  onEnd = () => {};
  /** The promise of `{ pid, tid }`, kept when it is ready to work. */
  up;
  /** Whether it was ready to work. */
  isUp = false;

  #name;
  #child;
  /** What only the host's own code in the process knows: a task may send messages, too. */
  #key = randomUUID();

  /** `resume` is what the worker's place had before: measured tasks, and faults that happened. */
  constructor(request, worker, resume) {
    this.#name = `worker process ${worker}`;
    try {
      this.#child = fork(ENTRY, [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', STANDARD_ERROR, STANDARD_ERROR, 'ipc'] });
    } catch (error) {
      throw new TrialFailed(`${this.#name} did not start: ${describe(error)}`);
    }
    this.#child.on('error', (error) => this.#child.pid === undefined && this.onFailure(new TrialFailed(`${this.#name} did not start: ${describe(error)}`)));
    this.#watchEnd();
    this.up = new Promise((resolve) => this.#child.on('message', (message) => this.#take(message, resolve)));
    this.#send({ type: 'start', key: this.#key, request, worker, resume });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Hands over a chunk. */
  send(chunk) {
    this.#send({ type: 'chunk', ...chunk });
  }

  /** Lets it end. */
  release() {
    if (this.#child.connected) {
      this.#child.disconnect();
    }
  }

  #send(message) {
    this.#child.send(message, () => {}); // where it has ended, its end is told
  }

  /** Its end counts when the channel has been read to its end, too. */
  #watchEnd() {
    let ended = null;
    const tell = () => {
      if (ended && !this.#child.connected) {
        this.onEnd(ended);
        ended = null;
      }
    };
    this.#child.on('disconnect', tell);
    this.#child.on('exit', (code, signal) => {
      ended = { at: now(), reason: describeExit(code, signal) };
      tell();
    });
  }

  #take(message, up) {
    if (message?.key !== this.#key) {
      this.onFailure(new TrialFailed(`${this.#name} (pid ${this.pid}) sent a message that it was not asked for: a task must leave process.send alone`));
    } else if (message.type === 'up') {
      this.isUp = true;
      up({ pid: this.pid, tid: message.tid });
    } else if (message.type === 'fault') {
      this.onFault(message.number);
    } else if (message.type === 'failed') {
      this.onFailure(new TrialFailed(message.message, message.detail));
    } else {
      this.onAnswer(message);
    }
  }
}

/** What may have ended a process. */
export const EXIT_DETAIL = 'A task, or code that it uses, ended its own process (process.exit, a crash in native code), or the system did, for instance for want of memory.';

/** As all hosts say it, a signal by its number and name. */
function describeExit(code, signal) {
  return signal ? `was ended by signal ${constants.signals[signal]} (${signal})` : `ended with exit code ${code}`;
}
