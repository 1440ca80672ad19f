// Latency percentiles of one trial.
import { colour, time } from "./palette.js";
import { livePlot } from "./plot.js";

/** @param {HTMLElement} host */
export function latencyChart(host) {
  const plot = livePlot(host, { format: time });
  return {
    /** @param {import("./store.js").RunStore} store @param {number | null} trial */
    draw(store, trial) {
      const series = store.series.get(trial);
      const { bucket, x } = store.axis(series ? [trial] : [], "narrow");
      const lines = ["p50", "p95", "p99"];
      plot.draw(`${trial}`, () => lines.map((_, at) => ({
        stroke: colour(`latency-${at + 1}`), width: 2, dash: [[], [7, 4], [2, 3]][at], spanGaps: true, points: { show: x.length < 3 },
      })), [x, ...lines.map((line) => (series ? series.resample(line, bucket, x.length).map((value) => (value > 0 ? value : null)) : x.map(() => null)))]);
    },
    dispose: plot.dispose,
  };
}
