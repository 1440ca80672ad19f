// Processor time of one trial's processes, in cores: user, and user with system above it.
import { colour, faded, number } from "./palette.js";
import { livePlot } from "./plot.js";

/** @param {HTMLElement} host */
export function cpuChart(host) {
  const plot = livePlot(host, { format: (value) => `${number(value)} c` });
  return {
    /** @param {import("./store.js").RunStore} store @param {number | null} trial */
    draw(store, trial) {
      const series = store.series.get(trial);
      const { bucket, x } = store.axis(series ? [trial] : [], "narrow");
      const user = series ? series.resample("user", bucket, x.length) : x.map(() => null);
      const system = series ? series.resample("system", bucket, x.length) : x.map(() => null);
      plot.draw(`${trial}`, () => [
        { stroke: colour("cpu-total"), width: 2, fill: faded(colour("cpu-total"), 0.12), points: { show: x.length < 3 } },
        { stroke: colour("cpu-user"), width: 2, dash: [7, 4], points: { show: x.length < 3 } },
      ], [x, user.map((value, at) => (value === null ? null : value + (system[at] ?? 0))), user]);
    },
    dispose: plot.dispose,
  };
}
