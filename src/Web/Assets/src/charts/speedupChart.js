// Speed-up over workers, one line per strategy and runtime, with the ideal, the cores that exist and the fitted law.
import { base, chart } from "./echarts.js";
import { colour, dashes, escaped, number, seriesColour } from "./palette.js";

/** @typedef {{ name: string, strategy: string, dash: number, points: [number, number][], fit: [number, number][] }} Line */

/** @param {HTMLElement} host @param {{ lines: Line[], cores: number }} data */
export function speedupChart(host, data) {
  return chart(host, () => {
    const { axis, ...rest } = base(host, ["Ideal", ...data.lines.map((line) => line.name)]);
    const most = Math.max(2, ...data.lines.flatMap((line) => line.points.map((point) => point[0])));
    const ideal = Math.min(most, data.cores || most);
    return {
      ...rest,
      tooltip: { ...rest.tooltip, formatter: (at) => `${escaped(at.seriesName)}<br>${at.value[0]} workers: ${number(at.value[1])}×` },
      xAxis: { ...axis, type: "value", min: 1, max: most, minInterval: 1, name: "workers", nameGap: 26 },
      yAxis: { ...axis, type: "value", min: 0, name: "speed-up", nameGap: 36 },
      series: [
        {
          name: "Ideal", type: "line", symbol: "none", silent: true, data: [[1, 1], [ideal, ideal], [most, ideal]], itemStyle: { color: colour("mud-palette-text-secondary") }, lineStyle: { color: colour("mud-palette-text-secondary"), width: 1, type: [4, 4] },
        },
        ...data.lines.map((line, at) => ({
          name: line.name, type: "line", data: line.points, symbol: ["circle", "rect", "triangle", "diamond"][at % 4], symbolSize: 8,
          itemStyle: { color: seriesColour(line.strategy) }, lineStyle: { color: seriesColour(line.strategy), width: 2.5, type: dashes[line.dash % dashes.length].length ? dashes[line.dash % dashes.length] : "solid" },
          emphasis: { focus: "series" },
        })),
        // Of the same name as its line, so that the legend has one entry for both.
        ...data.lines.filter((line) => line.fit?.length).map((line) => ({
          name: line.name, type: "line", data: line.fit, symbol: "none", silent: true, smooth: false, z: 1,
          itemStyle: { color: seriesColour(line.strategy) }, lineStyle: { color: seriesColour(line.strategy), width: 1.5, type: [1, 4], cap: "round", opacity: 0.9 },
        })),
      ],
    };
  });
}
