// The race: the throughput of every trial, or the tasks that it has done, over the time since its own start.
import { drawLabels } from "./lineLabels.js";
import { offeredAt } from "./offered.js";
import { colour, dashes, faded, number, rate, seriesColour } from "./palette.js";
import { livePlot } from "./plot.js";

/** Lines beside which a name still finds room. */
const mostLabels = 24;

/** A narrower chart is for its lines alone; the cell that runs is named above it. */
const leastWidth = 640;

/** @param {HTMLElement} host @param {HTMLElement | null} readout */
export function throughputChart(host, readout) {
  let labels = [];
  /** @type {{ text: string, strategy: string, lit: boolean }[]} */
  let names = [];
  let log = false;
  let done = false;
  let offered = /** @type {import("./offered.js").Stage[]} */ ([]);
  const format = (value) => (done ? number(value) : rate(value));
  const plot = livePlot(host, {
    format,
    log: () => log,
    room: () => (names.length > 0 && names.length <= mostLabels && host.clientWidth >= leastWidth ? 34 + 6.3 * Math.max(...names.map((name) => name.text.length)) : 0),
    over(it) { if (names.length <= mostLabels && host.clientWidth >= leastWidth) drawLabels(it, names.map((name) => ({ ...name, colour: seriesColour(name.strategy) }))); },
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
    /** @param {import("./offered.js").Stage[]} stages of an open load, none for a closed one */
    offer(stages) { offered = stages; },
    /** @param {import("./store.js").RunStore} store @param {number[]} shown @param {number | null} current */
    draw(store, shown, current) {
      // The current trial is drawn last, above the others.
      const order = shown.filter((trial) => trial !== current && store.series.has(trial));
      if (current !== null && shown.includes(current) && store.series.has(current)) order.push(current);
      const { bucket, x } = store.axis(order, "wide");
      labels = order.map((trial) => store.trials.get(trial)?.label ?? "");
      // Where every cell has one line, the repetition says nothing.
      const cells = new Set(order.map((trial) => store.trials.get(trial)?.cell));
      names = order.map((trial) => {
        const of = store.trials.get(trial);
        return { text: (cells.size === order.length ? of?.cell : of?.label) ?? "", strategy: of?.strategy ?? "", lit: trial === current };
      });
      const data = [x, ...order.map((trial) => {
        const values = done ? store.series.get(trial).done(bucket, x.length) : store.series.get(trial).resample("rate", bucket, x.length);
        return log ? values.map((value) => (value > 0 ? value : null)) : values;
      })];
      // What arrived stands below the lines of what was achieved; in the picture of tasks done it would say nothing.
      const arrivals = offered.length > 0 && !done;
      if (arrivals) {
        data.push(x.map((end) => offeredAt(offered, end)));
        labels.push("offered");
      }
      plot.draw(`${order.join()}|${current}|${log}|${done}|${arrivals}`, () => [...order.map((trial) => {
        const of = store.trials.get(trial);
        const line = seriesColour(of?.strategy ?? "");
        const lit = trial === current || current === null;
        return { stroke: lit ? line : faded(line, 0.5), width: trial === current ? 3.5 : 1.25, dash: dashes[(of?.dash ?? 0) % dashes.length], points: { show: x.length < 3 }, spanGaps: true };
      }), ...(arrivals ? [{ stroke: colour("mud-palette-text-secondary"), width: 1.5, dash: [4, 4], points: { show: false } }] : [])], data);
    },
    dispose: plot.dispose,
  };
}
