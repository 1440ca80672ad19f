// Figures from run to run: a line per cell and machine with its intervals, the band where figures are expected, changes of level and annotations.
import { base, chart } from "./echarts.js";
import { colour, dashes, escaped, faded, number, rate, seriesColour, time } from "./palette.js";

/**
 * @typedef {{ name: string, strategy: string, dash: number, points: [number, number, number, number, string, string, number][], expected: [number, number, number, number][] }} Line
 *   points: moment, figure, ends of its interval, run, source, repetitions; expected: from, to, low, high
 */

const formats = { throughput: rate, p50: time, p99: time, errors: (share) => `${number(share * 100)} %` };
const day = (at) => new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Goes there as if a link was followed, so that the page need not be loaded anew. @param {string} run */
function open(run) {
  const link = document.createElement("a");
  link.href = `/runs/${run}`;
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * @param {HTMLElement} host
 * @param {{ metric: string, lines: Line[], changes: { line: number, at: number, run: string, text: string, better: boolean }[], notes: { at: number, text: string }[] }} data
 *   a change's line is the index of the one that it is in
 */
export function trendChart(host, data) {
  const format = formats[data.metric];
  return chart(host, () => {
    const names = data.lines.map((line) => line.name);
    const { axis, ...rest } = base(host, names);
    // A run is on every line whose cell it measured: a change stands on its own.
    const figure = (change) => data.lines[change.line].points.find((point) => point[4] === change.run)?.[1];
    const text = colour("mud-palette-text-secondary");
    return {
      ...rest,
      grid: { ...rest.grid, left: 68, top: 34 },
      legend: { ...rest.legend, data: names },
      tooltip: { ...rest.tooltip, formatter: ({ data: at }) => (at.tip ? escaped(at.tip).replaceAll("\n", "<br>") : "") },
      xAxis: { ...axis, type: "time", splitLine: { show: false } },
      yAxis: { ...axis, type: "value", scale: data.metric !== "errors", min: data.metric === "errors" ? 0 : undefined, axisLabel: { ...axis.axisLabel, formatter: format } },
      series: [
        ...data.lines.flatMap((line, at) => drawn(line, at, format)),
        {
          name: "Changes", type: "scatter", symbolSize: 15, z: 6, cursor: "pointer",
          data: data.changes.filter((change) => figure(change) !== undefined).map((change) => ({
            value: [change.at, figure(change)], run: change.run, symbol: "triangle", symbolRotate: change.better ? 0 : 180, tip: `${change.text}\n${day(change.at)}`,
            itemStyle: { color: colour(change.better ? "mud-palette-success" : "mud-palette-error"), borderColor: colour("mud-palette-surface"), borderWidth: 2 },
          })),
          markLine: {
            silent: true, symbol: "none", animation: false, lineStyle: { color: text, type: "dashed", width: 1 },
            label: { color: colour("mud-palette-text-primary"), fontSize: 11, formatter: ({ name }) => name, width: 140, overflow: "truncate" },
            data: data.notes.map((note) => ({ xAxis: note.at, name: note.text })),
          },
        },
      ],
    };
  }, (it) => it.on("click", ({ data: at }) => at?.run && open(at.run)));
}

/** The line of one cell, its intervals as bars, and its expected bands. */
function drawn(line, at, format) {
  const ink = seriesColour(line.strategy);
  const dash = dashes[line.dash % dashes.length];
  return [
    {
      name: line.name, type: "line", z: 4, symbol: ["circle", "rect", "triangle", "diamond"][at % 4], symbolSize: line.points.length > 150 ? 4 : 8, showAllSymbol: true, cursor: "pointer",
      itemStyle: { color: ink }, lineStyle: { color: ink, width: 2, type: dash.length ? dash : "solid" },
      data: line.points.map(([moment, figure, low, high, run, source, repetitions]) => ({
        value: [moment, figure], run,
        ...(source && { itemStyle: { color: colour("mud-palette-surface"), borderColor: ink, borderWidth: 2 } }),
        tip: `${line.name}\n${day(moment)}: ${format(figure)}${repetitions > 1 && high > low ? ` (${format(low)} to ${format(high)})` : ""}${source ? `\nimported from ${source}` : ""}`,
      })),
      markArea: {
        silent: true, animation: false, itemStyle: { color: faded(ink, 0.1) },
        data: line.expected.map(([from, to, low, high]) => [{ coord: [from, low] }, { coord: [to, high] }]),
      },
    },
    {
      name: `${line.name} interval`, type: "custom", silent: true, z: 3, animation: false, tooltip: { show: false },
      data: line.points.filter((point) => point[3] > point[2]).map((point) => [point[0], point[2], point[3]]),
      encode: { x: 0, y: [1, 2] },
      renderItem: (_, api) => {
        const [x, low] = api.coord([api.value(0), api.value(1)]);
        const [, high] = api.coord([api.value(0), api.value(2)]);
        return { type: "line", shape: { x1: x, y1: low, x2: x, y2: high }, style: { stroke: ink, lineWidth: 3, opacity: 0.35 } };
      },
    },
  ];
}
