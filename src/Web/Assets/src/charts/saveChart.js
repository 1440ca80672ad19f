// A chart as a file, as the reader sees it now.
import { init, use } from "echarts/core";
import { colour } from "./palette.js";

const pixelRatio = 2;

/** @param {import("echarts/core").ECharts} it @param {object} option its whole option @param {string} name without extension @param {"png" | "svg"} kind */
export async function saveChart(it, option, name, kind) {
  const backgroundColor = colour("mud-palette-surface");
  const file = kind === "svg" ? await svg(it, { ...option, backgroundColor }) : png(it, backgroundColor);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${name}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function png(it, backgroundColor) {
  const base64 = it.getDataURL({ type: "png", pixelRatio, backgroundColor }).split(",")[1];
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/png" });
}

// The renderer is fetched when the first chart is saved.
async function svg(it, option) {
  const { SVGRenderer } = await import("./svgRenderer.js");
  use([SVGRenderer]);
  const drawn = init(null, null, { renderer: "svg", ssr: true, width: it.getWidth(), height: it.getHeight() });
  drawn.setOption({ ...option, animation: false });
  const text = drawn.renderToSVGString();
  drawn.dispose();
  return new Blob([text], { type: "image/svg+xml" });
}
