// Only the parts of ECharts that are used, in the page's colours.
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { colour, fonts, onTheme } from "./palette.js";
import { saveChart } from "./saveChart.js";

use([BarChart, CustomChart, LineChart, ScatterChart, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TitleComponent, TooltipComponent, CanvasRenderer]);

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {HTMLElement} host @param {() => object} option answers the whole option, in the colours of the moment @param {(it: object) => void} [wire] gets the chart once, to listen to it */
export function chart(host, option, wire) {
  const it = init(host, null, { renderer: "canvas" });
  wire?.(it);
  const draw = () => it.setOption({ animation: !still.matches, animationDuration: 250, ...option() }, true);
  const unsubscribe = onTheme(() => requestAnimationFrame(draw));
  const sized = new ResizeObserver(() => it.resize());
  sized.observe(host);
  draw();
  return {
    draw,
    save: (name, kind) => saveChart(it, option(), name, kind),
    dispose() {
      unsubscribe();
      sized.disconnect();
      it.dispose();
    },
  };
}

/** Grid, legend, tooltip and axis styles. @param {HTMLElement} host @param {string[]} names of the lines */
export function base(host, names) {
  // Room for the legend below: about seven pixels a letter.
  const rows = Math.ceil(names.reduce((sum, name) => sum + name.length * 6.5 + 46, 0) / Math.max(200, host.clientWidth - 24));
  const text = colour("mud-palette-text-secondary");
  const line = colour("mud-palette-divider");
  const axis = {
    axisLine: { lineStyle: { color: line } }, axisTick: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } },
    axisLabel: { color: text, fontSize: 11 }, nameTextStyle: { color: text, fontSize: 11 }, nameLocation: "middle",
  };
  return {
    axis,
    textStyle: { fontFamily: fonts() },
    grid: { left: 56, right: 16, top: 16, bottom: 48 + rows * 19 },
    legend: {
      bottom: 0, left: 0, right: 0, itemWidth: 26, itemHeight: 8, itemGap: 12, textStyle: { color: colour("mud-palette-text-primary"), fontSize: 11 }, inactiveColor: colour("mud-palette-text-disabled"),
      type: "plain",
    },
    tooltip: {
      trigger: "item", backgroundColor: colour("mud-palette-surface"), borderColor: line, textStyle: { color: colour("mud-palette-text-primary"), fontSize: 12 }, confine: true,
    },
  };
}
