/** Passes the workers' records on to the runner while they work. */

import { now } from './clock.mjs';
import { RECORD_BYTES, RingReader } from './ring.mjs';

const SEND_MILLISECONDS = 25; // the protocol allows 50; the rest is for waking up
const MAX_ERRORS = 5;
const MAX_PIECE_BYTES = 32_768 * RECORD_BYTES;
const GATHERED_BYTES = 1_024 * RECORD_BYTES;

export class Recorder {
  #output;
  #rings = [];
  /** Records that came in small messages, and how many bytes they are. */
  #gathered = new Uint8Array(GATHERED_BYTES);
  #used = 0;
  #timer;
  #started = false;
  #tasks = 0;
  #errorsSent = 0;
  #lost = 0;

  constructor(output) {
    this.#output = output;
  }

  /** From now on the ring is emptied, too. */
  watch(memory) {
    this.#rings.push(new RingReader(memory));
  }

  /** Starts sending: the measured part begins. */
  start() {
    this.#started = true;
    this.#timer = setInterval(() => this.drain(), SEND_MILLISECONDS);
  }

  /** Sends the rest, after the last worker has stopped recording. */
  finish() {
    clearInterval(this.#timer);
    this.drain();
  }

  drain() {
    this.#flush();
    for (const ring of this.#rings) {
      ring.take((bytes) => this.#send(bytes));
    }
  }

  /** Sends packed records: few of them with those that follow, soon, because each write takes its time from the workers. */
  addRecords(bytes) {
    if (this.#used + bytes.length > GATHERED_BYTES) {
      this.#flush();
    }
    if (bytes.length > GATHERED_BYTES) {
      this.#send(bytes);
    } else {
      this.#gathered.set(bytes, this.#used);
      this.#used += bytes.length;
    }
  }

  #flush() {
    const used = this.#used;
    this.#used = 0;
    if (used > 0) {
      this.#send(this.#gathered.subarray(0, used));
    }
  }

  #send(bytes) {
    for (let offset = 0; offset < bytes.length; offset += MAX_PIECE_BYTES) {
      this.#output.tasks(bytes.subarray(offset, offset + MAX_PIECE_BYTES));
    }
    this.#tasks += bytes.length / RECORD_BYTES;
  }

  /** One of a worker's first errors; those of a warm-up are not told. */
  addError(error) {
    if (this.#started && this.#errorsSent < MAX_ERRORS) {
      this.#errorsSent++;
      this.#output.error(error);
    }
  }

  /** A worker was lost: what it had recorded goes first. */
  addLoss(loss) {
    this.drain();
    this.#lost += loss.lost;
    this.#output.worker(loss);
  }

  /** Tasks that never came back. */
  get lost() {
    return this.#lost;
  }

  /** How many records were sent. */
  get tasks() {
    return this.#tasks;
  }

  warnings() {
    const waits = this.#rings.reduce((sum, ring) => sum + ring.waits, 0);
    return waits === 0 ? [] : [`the records of tasks were not taken as fast as tasks ended: workers waited ${waits} ${waits === 1 ? 'time' : 'times'} between two tasks`];
  }
}

/** What all workers did in one phase. */
export class Totals {
  checksum = 0n;
  errors = 0;
  warnings = [];

  #at;
  #lastEnd = 0n;

  constructor(at) {
    this.#at = at;
  }

  /** Adds what `endOf` gave in a worker. */
  add({ checksum, errors, lastEnd, warnings }) {
    this.checksum = BigInt.asUintN(64, this.checksum + checksum);
    this.errors += errors;
    this.#lastEnd = lastEnd > this.#lastEnd ? lastEnd : this.#lastEnd;
    this.warnings = [...new Set([...this.warnings, ...warnings])];
  }

  /** When the last task ended; now, where none did. */
  get endedAt() {
    return this.#lastEnd > this.#at ? this.#lastEnd : now();
  }
}
