// The live charts of a run. The page sends the structure when it changes and frames as they come; drawing happens once per animation frame.
import { cpuChart } from "./charts/cpuChart.js";
import { latencyChart } from "./charts/latencyChart.js";
import { memoryChart } from "./charts/memoryChart.js";
import { rate, time } from "./charts/palette.js";
import { RunStore } from "./charts/store.js";
import { throughputChart } from "./charts/throughputChart.js";
import { workerLanes } from "./charts/workerLanes.js";

/** @param {HTMLElement} root holds the hosts, marked with data-chart */
export function create(root) {
  const host = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-chart="${name}"]`));
  const store = new RunStore();
  const throughput = throughputChart(host("throughput"), root.querySelector("[data-readout]"));
  const details = [latencyChart(host("latency")), cpuChart(host("cpu")), memoryChart(host("memory")), workerLanes(host("workers"))];
  const now = /** @type {HTMLElement | null} */ (root.querySelector("[data-now]"));
  let current = /** @type {number | null} */ (null);
  let selected = /** @type {number | null} */ (null);
  let shown = /** @type {number[]} */ ([]);
  let live = true;
  let lastDrawn = /** @type {number | null} */ (null);
  let planned = 0;
  let told = 0;

  function draw() {
    planned = 0;
    // Until the trial that runs has its first frame, the one before it stays in view.
    const trial = selected ?? (store.series.has(current) ? current : lastDrawn);
    lastDrawn = trial;
    throughput.draw(store, shown, selected ?? (live ? trial : null));
    for (const chart of details) chart.draw(store, trial);
    const series = store.series.get(trial);
    if (series?.tasks.length) root.dataset.points = String(series.at.length);
    if (now && series?.tasks.length && performance.now() - told > 500) {
      told = performance.now();
      now.textContent = `${store.trials.get(trial)?.label ?? ""}: ${rate(series.rate.findLast((value) => value !== null) ?? NaN)}, median ${time(series.p50.at(-1))}, p99 ${time(series.p99.at(-1))}`;
    }
  }

  function plan() {
    planned ||= requestAnimationFrame(draw);
  }

  return {
    /** @param {import("./charts/store.js").Trial[]} trials @param {number | null} running @param {number[]} visible @param {boolean} isLive */
    structure(trials, running, visible, isLive) {
      live = isLive;
      store.trials = new Map(trials.map((trial) => [trial.trial, trial]));
      current = running;
      shown = visible;
      plan();
    },
    /** @param {number[]} visible @param {boolean} log @param {boolean} done whether to draw the tasks done so far instead of the rate */
    show(visible, log, done) {
      shown = visible;
      throughput.use(log, done);
      plan();
    },
    /** @param {number | null} trial null follows the one that runs */
    select(trial) {
      selected = trial;
      told = 0;
      plan();
    },
    append(message) {
      store.append(message);
      plan();
    },
    dispose() {
      cancelAnimationFrame(planned);
      throughput.dispose();
      for (const chart of details) chart.dispose();
    },
  };
}
