/** Task records on their way from a worker process to the host: packed in a buffer that goes with the message which ends a chunk. */

import { RECORD_BYTES } from './ring.mjs';

export class RecordPacker {
  #shorts;
  #times;
  #count = 0;

  constructor() {
    this.#allocate(64);
  }

  add(worker, outcome, intended, start, end) {
    if (this.#count * 4 === this.#times.length) {
      this.#allocate(this.#count * 2, new Uint8Array(this.#times.buffer));
    }
    const slot = this.#count++;
    this.#shorts[slot * 16] = worker;
    this.#shorts[slot * 16 + 1] = outcome;
    this.#times[slot * 4 + 1] = intended;
    this.#times[slot * 4 + 2] = start;
    this.#times[slot * 4 + 3] = end;
  }

  /** The bytes of the records since the last call, valid until the next `add`. */
  take() {
    const bytes = new Uint8Array(this.#times.buffer, 0, this.#count * RECORD_BYTES);
    this.#count = 0;
    return bytes;
  }

  #allocate(records, old) {
    const memory = new ArrayBuffer(records * RECORD_BYTES);
    if (old) {
      new Uint8Array(memory).set(old);
    }
    this.#shorts = new Uint16Array(memory);
    this.#times = new BigInt64Array(memory);
  }
}
