// One metric over workers, one line per run, with the interval of each median as an upright bar.
import { base, chart } from "./echarts.js";
import { dashes, escaped, number, rate, seriesColour, time } from "./palette.js";

/** @typedef {{ name: string, series: string, dash: number, points: [number, number][], intervals: [number, number, number][] }} Curve */

/** @param {HTMLElement} host @param {{ lines: Curve[], metric: string }} data */
export function comparedCurves(host, data) {
  return chart(host, () => {
    const { axis, ...rest } = base(host, data.lines.map((line) => line.name));
    const value = data.metric === "p99" ? time : rate;
    const counts = data.lines.flatMap((line) => line.points.map((point) => point[0]));
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return {
      ...rest,
      grid: { ...rest.grid, left: 68 },
      tooltip: {
        ...rest.tooltip,
        formatter: (at) => `${escaped(at.seriesName)}<br>${at.value[0]} workers: ${value(at.value[1])}<br>95 % interval ${value(at.value[2])} to ${value(at.value[3])}`,
      },
      xAxis: { ...axis, type: "value", min: least, max: most, minInterval: 1, name: "workers", nameGap: 26 },
      yAxis: { ...axis, type: "value", min: 0, name: "", axisLabel: { ...axis.axisLabel, formatter: data.metric === "p99" ? time : number } },
      series: data.lines.flatMap((line, at) => {
        const colour = seriesColour(line.series);
        const dash = dashes[line.dash % dashes.length];
        return [
          {
            name: line.name, type: "line", data: line.points.map((point, index) => [...point, line.intervals[index][1], line.intervals[index][2]]),
            symbol: ["circle", "rect", "triangle", "diamond"][at % 4], symbolSize: 8, itemStyle: { color: colour },
            lineStyle: { color: colour, width: 2.5, type: dash.length ? dash : "solid" }, emphasis: { focus: "series" },
          },
          {
            // Breaks between the bars: a point without a value.
            name: line.name, type: "line", silent: true, symbol: "none", data: line.intervals.flatMap(([workers, low, high]) => [[workers, low], [workers, high], [workers, "-"]]),
            lineStyle: { color: colour, width: 1.5, type: "solid" }, itemStyle: { color: colour }, tooltip: { show: false },
          },
        ];
      }),
    };
  });
}
