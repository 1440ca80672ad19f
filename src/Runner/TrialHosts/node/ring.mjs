/**
 * Task records on their way from the thread that runs tasks to the host: a ring in shared memory, with one writer and one reader. Nothing
 * is sent, copied or allocated for a task. The writer waits only where the ring is full, between two tasks.
 *
 * A record has 32 bytes, little-endian: worker and outcome (16 bits each), 32 reserved bits, and the times intended, start and end.
 */

export const RECORD_BYTES = 32;

const HEADER_BYTES = 64;
const [WRITTEN, TAKEN, WAITS] = [0, 1, 2];
const WAIT_MILLISECONDS = 1_000;
const LARGEST = 1 << 16; // 2 MiB
const SMALLEST = 1 << 12;
const ALL = 1 << 21; // 64 MiB for all rings of a trial

/** Shared memory for one of so many rings. */
export function allocateRing(rings) {
  let capacity = LARGEST;
  while (capacity > SMALLEST && capacity * rings > ALL) {
    capacity /= 2;
  }
  return new SharedArrayBuffer(HEADER_BYTES + capacity * RECORD_BYTES);
}

/** The side of the thread that runs tasks. */
export class RingWriter {
  /** False in a warm-up: the same work is done, and nothing is published. */
  publishes = false;

  #header;
  #shorts;
  #times;
  #capacity;
  #written = 0;
  #onHalf;

  /** `onHalf` is called each time that another half of the ring is full. */
  constructor(memory, onHalf) {
    this.#capacity = (memory.byteLength - HEADER_BYTES) / RECORD_BYTES;
    this.#header = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.#shorts = new Uint16Array(memory, HEADER_BYTES);
    this.#times = new BigInt64Array(memory, HEADER_BYTES);
    this.#onHalf = onHalf;
  }

  add(worker, outcome, intended, start, end) {
    const written = this.#written;
    const slot = written & (this.#capacity - 1);
    this.#shorts[slot * 16] = worker;
    this.#shorts[slot * 16 + 1] = outcome;
    this.#times[slot * 4 + 1] = intended;
    this.#times[slot * 4 + 2] = start;
    this.#times[slot * 4 + 3] = end;
    if (this.publishes) {
      this.#written = (written + 1) | 0;
      Atomics.store(this.#header, WRITTEN, this.#written);
      if ((this.#written & (this.#capacity / 2 - 1)) === 0) {
        this.#onHalf();
        this.#waitForRoom();
      }
    }
  }

  /** Looked at once for each half of the ring: afterwards there is room for a half. */
  #waitForRoom() {
    for (;;) {
      const taken = Atomics.load(this.#header, TAKEN);
      if (((this.#written - taken) | 0) <= this.#capacity / 2) {
        return;
      }
      Atomics.add(this.#header, WAITS, 1);
      Atomics.wait(this.#header, TAKEN, taken, WAIT_MILLISECONDS);
    }
  }
}

/** The side of the host. */
export class RingReader {
  #header;
  #bytes;
  #capacity;

  constructor(memory) {
    this.#capacity = (memory.byteLength - HEADER_BYTES) / RECORD_BYTES;
    this.#header = new Int32Array(memory, 0, HEADER_BYTES / 4);
    this.#bytes = new Uint8Array(memory, HEADER_BYTES);
  }

  /** Hands what is there, at most twice in pieces that end where the ring ends, to `use`; then its room is free again. Returns the number of records. */
  take(use) {
    const taken = Atomics.load(this.#header, TAKEN);
    const count = (Atomics.load(this.#header, WRITTEN) - taken) | 0;
    if (count === 0) {
      return 0;
    }
    const first = taken & (this.#capacity - 1);
    const untilEnd = Math.min(count, this.#capacity - first);
    use(this.#piece(first, untilEnd));
    if (count > untilEnd) {
      use(this.#piece(0, count - untilEnd));
    }
    Atomics.store(this.#header, TAKEN, (taken + count) | 0);
    Atomics.notify(this.#header, TAKEN);
    return count;
  }

  /** How often the writer found the ring full. */
  get waits() {
    return Atomics.load(this.#header, WAITS);
  }

  #piece(first, count) {
    return this.#bytes.subarray(first * RECORD_BYTES, (first + count) * RECORD_BYTES);
  }
}
