// What all live charts share: one uPlot with the page's colours, that follows size and theme.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { colour, fonts, onTheme } from "./palette.js";

/** A grid line per decade; nine of them would hide the lines that matter. @param {uPlot} _ @param {number[]} splits */
const decades = (_, splits) => splits.map((value) => (value > 0 && Number.isInteger(+Math.log10(value).toFixed(9)) ? value : null));

/**
 * @param {HTMLElement} host
 * @param {{ format: (value: number) => string, incrs?: number[], log?: () => boolean, readout?: (plot: uPlot) => void, room?: () => number, over?: (plot: uPlot) => void }} options
 *   room: pixels to leave free right of the lines; over: draws above them
 */
export function livePlot(host, options) {
  /** @type {uPlot | null} */
  let plot = null;
  let shape = "";
  let last = { series: [], data: [[]] };
  let room = 0;

  const height = () => host.clientHeight || 240;

  function build() {
    plot?.destroy();
    room = options.room?.() ?? 0;
    const text = colour("mud-palette-text-secondary");
    const line = colour("mud-palette-divider");
    const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 }, font: `11px ${fonts()}` };
    const log = options.log?.() ?? false;
    plot = new uPlot({
      width: Math.max(120, host.clientWidth),
      height: height(),
      legend: { show: false },
      padding: [8, Math.max(18, room), 0, 0],
      cursor: { points: { size: 6 }, focus: { prox: 24 }, drag: { x: false, y: false } },
      focus: { alpha: 0.35 },
      scales: {
        x: { time: false, range: (_, min, max) => [0, Math.max(max ?? 1, 1)] },
        y: log ? { distr: 3 } : { range: (_, min, max) => [0, max > 0 ? max * 1.08 : 1] },
      },
      axes: [
        { ...axis, size: 28, values: (_, splits) => splits.map((value) => `${+value.toFixed(2)} s`) },
        { ...axis, size: 62, ...(log && { grid: { ...axis.grid, filter: decades } }), ...(options.incrs && { incrs: options.incrs }), values: (_, splits) => splits.map((value) => (value === null ? "" : options.format(value))) },
      ],
      series: [{}, ...last.series],
      hooks: { setCursor: [(it) => options.readout?.(it)], setSeries: [(it) => options.readout?.(it)], draw: [(it) => options.over?.(it)] },
    }, last.data, host);
  }

  const sized = new ResizeObserver(() => {
    if (!plot || host.clientWidth === 0) return;
    // The room for labels depends on the width, and is fixed when the chart is built.
    if ((options.room?.() ?? 0) !== room) build();
    else plot.setSize({ width: Math.max(120, host.clientWidth), height: height() });
  });
  sized.observe(host);
  const unsubscribe = onTheme(() => requestAnimationFrame(() => { shape = ""; api.draw(last.shape ?? "", last.make, last.data); }));

  const api = {
    /**
     * @param {string} key changes when the lines do; then the chart is built anew, else only its data changes
     * @param {() => object[]} make the lines
     * @param {any[]} data
     */
    draw(key, make, data) {
      last = { series: last.series, data, make, shape: key };
      if (key !== shape || !plot) {
        shape = key;
        last.series = make ? make() : [];
        build();
      } else {
        plot.setData(data);
      }
    },
    dispose() {
      unsubscribe();
      sized.disconnect();
      plot?.destroy();
      plot = null;
    },
  };
  return api;
}
