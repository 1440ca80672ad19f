// Resident memory of one trial's processes.
import { bytes, colour, faded } from "./palette.js";
import { livePlot } from "./plot.js";

/** Ticks at round sizes. */
const steps = Array.from({ length: 42 }, (_, power) => 2 ** power);

/** @param {HTMLElement} host */
export function memoryChart(host) {
  const plot = livePlot(host, { format: bytes, incrs: steps });
  return {
    /** @param {import("./store.js").RunStore} store @param {number | null} trial */
    draw(store, trial) {
      const series = store.series.get(trial);
      const { bucket, x } = store.axis(series ? [trial] : [], "narrow");
      plot.draw(`${trial}`, () => [{ stroke: colour("memory"), width: 2, fill: faded(colour("memory"), 0.12), points: { show: x.length < 3 } }],
        [x, series ? series.resample("memory", bucket, x.length) : x.map(() => null)]);
    },
    dispose: plot.dispose,
  };
}
