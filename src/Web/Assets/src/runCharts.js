// The live charts of a run. The page sends the structure when it changes and frames as they come; what is drawn, and when, is decided here.
import { cpuChart } from "./charts/cpuChart.js";
import { feed } from "./charts/feed.js";
import { latencyChart } from "./charts/latencyChart.js";
import { memoryChart } from "./charts/memoryChart.js";
import { offeredAt } from "./charts/offered.js";
import { pace } from "./charts/pace.js";
import { rate, time } from "./charts/palette.js";
import { frameSeconds, RunStore } from "./charts/store.js";
import { throughputChart } from "./charts/throughputChart.js";
import { workerLanes } from "./charts/workerLanes.js";

/** @param {HTMLElement} root holds the hosts, marked with data-chart */
export function create(root) {
  const host = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-chart="${name}"]`));
  const store = new RunStore();
  const throughput = throughputChart(host("throughput"), root.querySelector("[data-readout]"));
  const details = { latency: latencyChart(host("latency")), cpu: cpuChart(host("cpu")), memory: memoryChart(host("memory")), workers: workerLanes(host("workers")) };
  const now = /** @type {HTMLElement | null} */ (root.querySelector("[data-now]"));
  let current = /** @type {number | null} */ (null);
  let selected = /** @type {number | null} */ (null);
  let shown = /** @type {number[]} */ ([]);
  let live = true;
  let offered = /** @type {import("./charts/offered.js").Stage[]} */ ([]);
  let lastShown = /** @type {number | null} */ (null);
  let told = 0;
  let source = /** @type {{ close(): void } | null} */ (null);

  // Until the trial that runs has its first frame, the one before it stays in view.
  const trialShown = () => (lastShown = selected ?? (store.series.has(current) ? current : lastShown));

  const paced = pace([
    { host: host("throughput"), draw: () => throughput.draw(store, shown, selected ?? (live ? trialShown() : null)) },
    ...Object.entries(details).map(([name, chart]) => ({ host: host(name), draw: () => chart.draw(store, trialShown()) })),
  ], tell);

  function tell() {
    const trial = trialShown();
    const series = store.series.get(trial);
    if (!series?.tasks.length) return;
    root.dataset.points = String(series.at.length);
    if (!now || performance.now() - told <= 500) return;
    told = performance.now();
    const arrivals = offeredAt(offered, series.frames * frameSeconds);
    now.textContent = `${store.trials.get(trial)?.label ?? ""}: ${rate(series.rate.findLast((value) => value !== null) ?? NaN)}${arrivals === null ? "" : ` of ${rate(arrivals)} offered`}, median ${time(series.p50.at(-1))}, p99 ${time(series.p99.at(-1))}`;
  }

  function append(message) {
    store.append(message);
    paced.plan();
  }

  return {
    /** @param {import("./charts/store.js").Trial[]} trials @param {number | null} running @param {number[]} visible @param {boolean} isLive @param {import("./charts/offered.js").Stage[]} stages of an open load */
    structure(trials, running, visible, isLive, stages) {
      live = isLive;
      offered = stages;
      throughput.offer(stages);
      paced.still(!isLive);
      store.trials = new Map(trials.map((trial) => [trial.trial, trial]));
      current = running;
      shown = visible;
      paced.plan();
    },
    /** @param {number[]} visible @param {boolean} log @param {boolean} done whether to draw the tasks done so far instead of the rate */
    show(visible, log, done) {
      shown = visible;
      throughput.use(log, done);
      paced.soon();
    },
    /** @param {number | null} trial null follows the one that runs */
    select(trial) {
      selected = trial;
      told = 0;
      paced.soon();
    },
    append,
    /** @param {string} path of a WebSocket that brings what append takes */
    listen(path) {
      source?.close();
      source = feed(path, append);
    },
    dispose() {
      source?.close();
      paced.dispose();
      throughput.dispose();
      for (const chart of Object.values(details)) chart.dispose();
    },
  };
}
