// What the page sent of one trial, in order of time.

/**
 * @typedef {{ w: number[], s: number[], d: number[], e: number[] }} Spans columns: worker, start from the point's begin and duration in milliseconds, positions of those with an error
 * @typedef {{ f: number, n: number, ms: number, t: number, e: number, c: number, l: string, b: number[], u: number[], d: number[], s: Spans | null }} Point
 *   f: first frame, n: frames covered, t: tasks that ended, e: with an error, c: processors used, l: what each worker does, one letter each, b: percent in tasks, u: percent on a processor, d: tasks of each worker
 */

/** Milliseconds of a frame. */
export const frameMs = 100;

export class Points {
  constructor() {
    this.clear();
  }

  clear() {
    /** @type {Point[]} */
    this.all = [];
    /** @type {number[]} tasks that ended up to the end of each point */
    this.done = [];
    /** Milliseconds: the longest task, which may end that long after it is in view. */
    this.longest = 0;
    /** Grows with every change. */
    this.version = (this.version ?? 0) + 1;
  }

  /** @param {Point[]} points */
  append(points) {
    for (const point of points) {
      this.all.push(point);
      this.done.push((this.done.at(-1) ?? 0) + point.t);
      for (const duration of point.s?.d ?? []) this.longest = Math.max(this.longest, duration);
    }
    this.version++;
  }

  get workers() {
    return this.all.at(-1)?.b.length ?? 0;
  }

  /** Milliseconds from the trial's start to the end of what is known. */
  get end() {
    const last = this.all.at(-1);
    return last ? last.f * frameMs + last.ms : 0;
  }

  /** The point that covers a time: the first whose end lies behind it, or the last one. @param {number} ms */
  indexAt(ms) {
    let [low, high] = [0, this.all.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.all[middle].f * frameMs + this.all[middle].ms > ms) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** @param {number} ms @returns {Point | undefined} */
  at(ms) {
    return this.all[this.indexAt(ms)];
  }
}
