// Latency by percentile: each cell's whole distribution, the tail stretched out.
import { base, chart } from "./echarts.js";
import { dashes, escaped, seriesColour, time } from "./palette.js";

/** @typedef {{ name: string, strategy: string, dash: number, points: [number, number][] }} Line points are [percentile, ms] */

/** Every nine more is one step to the right. @param {number} percentile */
const place = (percentile) => -Math.log10(1 - Math.min(percentile, 99.999) / 100);

/** @param {HTMLElement} host @param {{ lines: Line[], log: boolean }} data */
export function latencyDistribution(host, data) {
  return chart(host, () => {
    const { axis, ...rest } = base(host, data.lines.map((line) => line.name));
    const far = Math.max(2, ...data.lines.flatMap((line) => line.points.map((point) => place(point[0]))));
    return {
      ...rest,
      tooltip: { ...rest.tooltip, formatter: (at) => `${escaped(at.seriesName)}<br>${at.value[2]} % of tasks within ${time(at.value[1])}` },
      xAxis: {
        ...axis, type: "value", min: 0, max: far, interval: 1, name: "share of tasks", nameGap: 26,
        axisLabel: { ...axis.axisLabel, formatter: (value) => (value % 1 !== 0 ? "" : value === 0 ? "0 %" : `${+(100 - 100 * 10 ** -value).toFixed(4)} %`) },
      },
      yAxis: { ...axis, type: data.log ? "log" : "value", name: "", axisLabel: { ...axis.axisLabel, formatter: time } },
      series: data.lines.map((line) => ({
        name: line.name, type: "line", step: "end", showSymbol: line.points.length < 40, symbolSize: 5,
        data: line.points.map(([percentile, ms]) => [place(percentile), ms, +percentile.toFixed(3)]),
        itemStyle: { color: seriesColour(line.strategy) }, lineStyle: { color: seriesColour(line.strategy), width: 2, type: dashes[line.dash % dashes.length].length ? dashes[line.dash % dashes.length] : "solid" },
        emphasis: { focus: "series" },
      })),
    };
  });
}
