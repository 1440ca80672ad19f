// Only the parts of ECharts that are used, in the page's colours.
import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { colour, fonts, onTheme } from "./palette.js";

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {HTMLElement} host @param {() => object} option answers the whole option, in the colours of the moment */
export function chart(host, option) {
  const it = init(host, null, { renderer: "canvas" });
  const draw = () => it.setOption({ animation: !still.matches, animationDuration: 250, ...option() }, true);
  const unsubscribe = onTheme(() => requestAnimationFrame(draw));
  const sized = new ResizeObserver(() => it.resize());
  sized.observe(host);
  draw();
  return {
    draw,
    dispose() {
      unsubscribe();
      sized.disconnect();
      it.dispose();
    },
  };
}

/** Grid, tooltip and axis styles. */
export function base() {
  const text = colour("mud-palette-text-secondary");
  const line = colour("mud-palette-divider");
  const axis = {
    axisLine: { lineStyle: { color: line } }, axisTick: { lineStyle: { color: line } }, splitLine: { lineStyle: { color: line } },
    axisLabel: { color: text, fontSize: 11 }, nameTextStyle: { color: text, fontSize: 11 }, nameLocation: "middle",
  };
  return {
    axis,
    textStyle: { fontFamily: fonts() },
    grid: { left: 56, right: 16, top: 16, bottom: 76 },
    legend: {
      bottom: 0, left: 0, right: 0, itemWidth: 26, itemHeight: 8, itemGap: 12, textStyle: { color: colour("mud-palette-text-primary"), fontSize: 11 }, inactiveColor: colour("mud-palette-text-disabled"),
      type: "scroll", orient: "horizontal", pageTextStyle: { color: text }, pageIconColor: colour("mud-palette-primary"), pageIconInactiveColor: line,
    },
    tooltip: {
      trigger: "item", backgroundColor: colour("mud-palette-surface"), borderColor: line, textStyle: { color: colour("mud-palette-text-primary"), fontSize: 12 }, confine: true,
    },
  };
}
