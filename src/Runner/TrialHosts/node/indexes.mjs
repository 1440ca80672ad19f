/** Where workers get the index of their next task from. */

const TWO_32 = 2 ** 32;

/** Counts in shared memory, so that several threads can pull from one; each thread has its own object over it. */
export class SharedIndexes {
  /** When the last task was meant to start; 0 for closed load. */
  intended = 0n;

  #counter;
  #end;
  #last = 0;
  #turns = 0;

  /** `counter` is an Int32Array whose first element is the next index; `end` is how many there are, or Infinity. */
  constructor(counter, end) {
    this.#counter = counter;
    this.#end = end;
  }

  /** The next index; -1 where there is none left. The counter has 32 bits and starts again; a thread that sees it fall knows. */
  next() {
    const low = Atomics.add(this.#counter, 0, 1) >>> 0;
    if (low < this.#last) {
      this.#turns += TWO_32;
    }
    this.#last = low;
    const index = this.#turns + low;
    return index < this.#end ? index : -1;
  }
}

/** The indexes from `first` on, `count` of them; of an open load one, with its time. */
export class RangeOfIndexes {
  #next;
  #end;

  constructor(first, count, intended = 0n) {
    this.intended = intended;
    this.#next = first;
    this.#end = first + count;
  }

  next() {
    return this.#next < this.#end ? this.#next++ : -1;
  }
}
