// The series of a run's trials in the browser, and their thinning for display.

/**
 * @typedef {{ trial: number, strategy: string, runtime: string, label: string, cell: string, dash: number, workers: number }} Trial
 * @typedef {{ trial: number, from: number, step: number, tasks: number[], ms: number[], p50: number[], p95: number[], p99: number[],
 *   user: number[], system: number[], memory: number[], states: string[], busy: number[] }} Batch
 */

const metrics = ["rate", "p50", "p95", "p99", "user", "system", "memory"];

/** A last frame shorter than this would show a rate that nobody measured. */
const shortestMs = 50;

/** Seconds that one frame covers. */
export const frameSeconds = 0.1;

/** The most points that a line is drawn with: over the page's whole width, and in a chart of half of it. */
const displayPoints = { wide: 600, narrow: 240 };

export class TrialSeries {
  constructor() {
    /** @type {number[]} first frame of each point */
    this.at = [];
    /** @type {number[]} frames that each point covers */
    this.span = [];
    /** @type {number[]} tasks that ended in each point */
    this.tasks = [];
    for (const metric of metrics) this[metric] = [];
    /** @type {string[]} one text per worker, one letter per point: i idle, r running, w waiting, g gone */
    this.states = [];
    /** @type {number[]} share of time in tasks, per worker, in the last point */
    this.busy = [];
  }

  /** @param {Batch} batch */
  append(batch) {
    const count = batch.tasks.length;
    const long = (/** @type {number} */ value, /** @type {number} */ index) => (batch.ms[index] < shortestMs && this.at.length > 1 ? null : value);
    for (let index = 0; index < count; index++) {
      this.at.push(batch.from + index * batch.step);
      this.span.push(batch.step);
      this.tasks.push(batch.tasks[index]);
      this.rate.push(long((batch.tasks[index] * 1000) / batch.ms[index], index));
    }
    for (const metric of ["p50", "p95", "p99", "memory"]) this[metric].push(...batch[metric]);
    for (const metric of ["user", "system"]) this[metric].push(...batch[metric].map(long));
    batch.states.forEach((text, worker) => {
      const missing = this.at.length - count - (this.states[worker]?.length ?? 0);
      this.states[worker] = (this.states[worker] ?? "") + "i".repeat(Math.max(0, missing)) + text;
    });
    this.busy = batch.busy;
  }

  /** Frames from the trial's start to its last point. */
  get frames() {
    return this.at.length === 0 ? 0 : this.at.at(-1) + this.span.at(-1);
  }

  /**
   * A metric on a grid of `bucket` frames. Rates and shares are averaged over time; percentiles and memory keep their
   * largest value, because percentiles must not be averaged.
   * @param {string} metric @param {number} bucket @param {number} length
   */
  resample(metric, bucket, length) {
    const out = new Array(length).fill(null);
    const weight = new Array(length).fill(0);
    const largest = metric === "memory" || metric.startsWith("p");
    const values = this[metric];
    for (let index = 0; index < values.length; index++) {
      const slot = Math.floor(this.at[index] / bucket);
      if (slot >= length) break;
      if (values[index] === null) continue;
      if (largest) {
        out[slot] = Math.max(out[slot] ?? 0, values[index]);
      } else {
        out[slot] = ((out[slot] ?? 0) * weight[slot] + values[index] * this.span[index]) / (weight[slot] + this.span[index]);
        weight[slot] += this.span[index];
      }
    }
    return out;
  }

  /** Tasks done from the start to the end of each slot. @param {number} bucket @param {number} length */
  done(bucket, length) {
    const out = new Array(length).fill(null);
    let sum = 0;
    for (let index = 0; index < this.tasks.length; index++) {
      sum += this.tasks[index];
      const slot = Math.floor(this.at[index] / bucket);
      if (slot < length) out[slot] = sum;
    }
    return out;
  }
}

export class RunStore {
  constructor() {
    /** @type {Map<number, TrialSeries>} */
    this.series = new Map();
    /** @type {Map<number, Trial>} */
    this.trials = new Map();
  }

  /** @param {{ reset: boolean, batches: Batch[] }} message */
  append(message) {
    if (message.reset) this.series.clear();
    for (const batch of message.batches) {
      let series = this.series.get(batch.trial);
      if (!series) this.series.set(batch.trial, (series = new TrialSeries()));
      // A call that was given up may still arrive, after all was sent again by another way.
      if (batch.from >= series.frames) series.append(batch);
    }
  }

  /** @param {number[]} trials @param {"wide" | "narrow"} width @returns {{ bucket: number, x: number[] }} a common time axis */
  axis(trials, width) {
    const frames = Math.max(1, ...trials.map((trial) => this.series.get(trial)?.frames ?? 0));
    const bucket = Math.ceil(frames / displayPoints[width]);
    return { bucket, x: Array.from({ length: Math.ceil(frames / bucket) }, (_, index) => (index + 1) * bucket * frameSeconds) };
  }
}
