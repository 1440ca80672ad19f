// How many tasks took how long: one row of bars per cell over bins that all share, so that shapes and places compare.
import { base, chart } from "./echarts.js";
import { colour, escaped, number, seriesColour, time } from "./palette.js";

/** @typedef {{ name: string, strategy: string, counts: number[] }} CellBins */

const labelRoom = 22;
const axisRoom = 40;

/** @param {HTMLElement} host @param {{ edges: number[], cells: CellBins[] }} data edges in ms, one more than counts */
export function latencyHistogram(host, data) {
  return chart(host, () => {
    const { axis, legend, grid, ...rest } = base(host, []);
    const bins = data.edges.slice(1).map((edge, bin) => (data.edges[bin] + edge) / 2);
    const row = (host.clientHeight - axisRoom) / data.cells.length;
    const last = data.cells.length - 1;
    // About seven ticks, on the borders of bins.
    const every = Math.max(1, Math.ceil(bins.length / Math.max(3, Math.floor(host.clientWidth / 90))));
    return {
      ...rest,
      tooltip: { ...rest.tooltip, trigger: "axis", axisPointer: { type: "shadow" }, formatter: (rows) => rows.map((at) => `${escaped(at.seriesName)}<br>${number(at.value)} tasks between ${time(data.edges[at.dataIndex])} and ${time(data.edges[at.dataIndex + 1])}`).join("<br>") },
      title: data.cells.map((cell, at) => ({
        text: cell.name, left: 8, top: at * row + 4, padding: 0, textStyle: { color: colour("mud-palette-text-primary"), fontSize: 11, fontWeight: 600 },
        subtext: "", itemGap: 0,
      })),
      grid: data.cells.map((_, at) => ({ left: 12, right: 16, top: at * row + labelRoom, height: Math.max(8, row - labelRoom - 2) })),
      xAxis: data.cells.map((_, at) => ({
        ...axis, gridIndex: at, type: "category", data: bins, splitLine: { show: false }, axisTick: { ...axis.axisTick, show: at === last, interval: (bin) => bin % every === 0, alignWithLabel: false },
        axisLabel: { ...axis.axisLabel, show: at === last, interval: (bin) => bin % every === 0, formatter: (_, bin) => time(data.edges[bin]), align: "center" },
      })),
      yAxis: data.cells.map((_, at) => ({ gridIndex: at, type: "value", show: false, min: 0, max: "dataMax" })),
      series: data.cells.map((cell, at) => ({
        name: cell.name, type: "bar", xAxisIndex: at, yAxisIndex: at, data: cell.counts, barCategoryGap: "8%", barMinHeight: 0, itemStyle: { color: seriesColour(cell.strategy) },
      })),
    };
  });
}
