// The race: the throughput of every trial, or the tasks that it has done, over the time since its own start.
import { dashes, faded, number, rate, seriesColour } from "./palette.js";
import { livePlot } from "./plot.js";

/** @param {HTMLElement} host @param {HTMLElement | null} readout */
export function throughputChart(host, readout) {
  let labels = [];
  let log = false;
  let done = false;
  const format = (value) => (done ? number(value) : rate(value));
  const plot = livePlot(host, {
    format,
    log: () => log,
    readout(it) {
      if (!readout) return;
      const index = it.cursor.idx;
      const near = it.series.findIndex((series, at) => at > 0 && series._focus);
      const value = near > 0 && index != null ? it.data[near][index] : null;
      readout.textContent = value == null ? "" : `${labels[near - 1]}: ${format(value)}${done ? " tasks" : ""} after ${it.data[0][index].toFixed(1)} s`;
    },
  });

  return {
    /** @param {boolean} isLog @param {boolean} isDone */
    use(isLog, isDone) { [log, done] = [isLog, isDone]; },
    /** @param {import("./store.js").RunStore} store @param {number[]} shown @param {number | null} current */
    draw(store, shown, current) {
      // The current trial is drawn last, above the others.
      const order = shown.filter((trial) => trial !== current && store.series.has(trial));
      if (current !== null && shown.includes(current) && store.series.has(current)) order.push(current);
      const { bucket, x } = store.axis(order);
      labels = order.map((trial) => store.trials.get(trial)?.label ?? "");
      const data = [x, ...order.map((trial) => {
        const values = done ? store.series.get(trial).done(bucket, x.length) : store.series.get(trial).resample("rate", bucket, x.length);
        return log ? values.map((value) => (value > 0 ? value : null)) : values;
      })];
      plot.draw(`${order.join()}|${current}|${log}|${done}`, () => order.map((trial) => {
        const of = store.trials.get(trial);
        const line = seriesColour(of?.strategy ?? "");
        const lit = trial === current || current === null;
        return { stroke: lit ? line : faded(line, 0.6), width: trial === current ? 3 : 1.5, dash: dashes[(of?.dash ?? 0) % dashes.length], points: { show: x.length < 3 }, spanGaps: true };
      }), data);
    },
    dispose: plot.dispose,
  };
}
