/** The worker threads of a trial, seen from the host: started, watched, and asked to run phases. */

import { MessageChannel, Worker } from 'node:worker_threads';

import { TrialFailed, describe, formatStack } from './errors.mjs';
import { allocateRing } from './ring.mjs';

const ENTRY = new URL('./thread.mjs', import.meta.url);

export class WorkerThreads {
  /** The port to each thread. */
  ports = [];

  #recorder;
  #fail;
  #book;

  constructor(recorder, fail, book) {
    this.#recorder = recorder;
    this.#fail = fail;
    this.#book = book;
  }

  /** Starts a thread for each element of `parts`, which is handed to it; gives the native number of each when all are up. */
  start(request, parts) {
    return Promise.all(parts.map((part, position) => this.#startOne(request, part, position, parts.length)));
  }

  /** Sends to each thread what `message(position)` gives, and waits until each has answered with `type`. */
  ask(type, message) {
    const answers = this.ports.map((port) => this.nextOf(port, type));
    this.ports.forEach((port, position) => {
      const body = message(position);
      port.postMessage(body, body.arrived ? [body.arrived] : []);
    });
    return Promise.all(answers);
  }

  /** The next message of that type from a thread. */
  nextOf(port, type) {
    return new Promise((resolve) => {
      port.on('message', function take(message) {
        if (message.type === type) {
          port.off('message', take);
          resolve(message);
        }
      });
    });
  }

  async #startOne(request, part, position, count) {
    const { port1, port2 } = new MessageChannel();
    const ring = allocateRing(count);
    const name = count === 1 ? 'the worker thread' : `worker thread ${position}`;
    // The thread writes to standard error itself. Else Node.js would carry its output through the host, and make the pipe of standard error one that does not block.
    const thread = new Worker(ENTRY, { workerData: { request, ...part, ring, port: port2 }, transferList: [port2], stdout: true, stderr: true });
    thread.on('error', (error) => this.#fail(new TrialFailed(`an error in ${name}, outside of any task: ${describe(error)}`, formatStack(error))));
    thread.on('exit', (code) => this.#fail(new TrialFailed(`${name} ended with exit code ${code} in the middle of the trial`, ENDED)));
    this.ports[position] = port1;
    this.#recorder.watch(ring);
    port1.on('message', (message) => this.#take(message));
    return (await this.nextOf(port1, 'up')).tid;
  }

  #take(message) {
    if (message.type === 'half') {
      this.#recorder.drain();
    } else if (message.type === 'error') {
      this.#recorder.addError(message.error);
    } else if (message.type === 'fault') {
      this.#book.happened.add(message.number);
    } else if (message.type === 'failed') {
      this.#fail(new TrialFailed(message.message, message.detail));
    }
  }
}

const ENDED = 'A task, or code that it uses, ended its own thread (process.exit). The task that it ran is lost, so the trial cannot be completed.';
