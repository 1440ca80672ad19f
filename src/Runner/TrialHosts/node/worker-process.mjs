/** A worker process, seen from the host. */

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

import { TrialFailed, describe } from './errors.mjs';

const ENTRY = fileURLToPath(new URL('process.mjs', import.meta.url));
const STANDARD_ERROR = 2;

export class WorkerProcess {
  /** Called with each answer to a chunk. */
  onAnswer = () => {};
  /** Called with what went wrong, once. */
  onFailure = () => {};
  /** The promise of `{ pid, tid }`, kept when it is ready to work. */
  up;

  #name;
  #child;
  /** What only the host's own code in the process knows: a task may send messages, too. */
  #key = randomUUID();

  constructor(request, worker) {
    this.#name = `worker process ${worker}`;
    try {
      this.#child = fork(ENTRY, [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', STANDARD_ERROR, STANDARD_ERROR, 'ipc'] });
    } catch (error) {
      throw new TrialFailed(`${this.#name} did not start: ${describe(error)}`);
    }
    this.#child.on('error', (error) => this.onFailure(new TrialFailed(`${this.#name} did not start, or cannot be reached: ${describe(error)}`)));
    this.#child.on('exit', (code, signal) => this.onFailure(new TrialFailed(`${this.#name} (pid ${this.pid}) ${describeExit(code, signal)}`, ENDED)));
    this.up = new Promise((resolve) => this.#child.on('message', (message) => this.#take(message, resolve)));
    this.#child.send({ type: 'start', key: this.#key, request, worker });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Hands over a chunk. */
  send(chunk) {
    this.#child.send({ type: 'chunk', ...chunk });
  }

  #take(message, up) {
    if (message?.key !== this.#key) {
      this.onFailure(new TrialFailed(`${this.#name} (pid ${this.pid}) sent a message that it was not asked for: a task must leave process.send alone`));
    } else if (message.type === 'up') {
      up({ pid: this.pid, tid: message.tid });
    } else if (message.type === 'failed') {
      this.onFailure(new TrialFailed(message.message, message.detail));
    } else {
      this.onAnswer(message);
    }
  }
}

const ENDED =
  'A task, or code that it uses, ended its own process (process.exit, a crash in native code), or the system did, for instance for want of memory. ' +
  'The tasks that this worker had taken are lost, so the trial cannot be completed.';

/** As all hosts say it, a signal by its number and name. */
function describeExit(code, signal) {
  return `ended with exit code ${signal ? `${constants.signals[signal]} (${signal})` : code} in the middle of the trial`;
}
