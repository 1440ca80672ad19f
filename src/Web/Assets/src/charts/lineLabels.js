// Names beside the ends of lines, so that no legend has to be matched by colour.
import { colour, fonts } from "./palette.js";

const height = 14;

/**
 * Places labels near where their lines end, without overlap, in order of height.
 * @param {number[]} wanted heights, @param {number} top @param {number} bottom @param {number} gap the least between two
 * @returns {number[]} heights in the order of `wanted`
 */
export function spread(wanted, top, bottom, gap) {
  const order = wanted.map((_, at) => at).sort((one, other) => wanted[one] - wanted[other]);
  const step = Math.min(gap, (bottom - top) / Math.max(1, order.length - 1));
  const placed = new Array(wanted.length);
  let least = top;
  for (const at of order) {
    placed[at] = Math.max(wanted[at], least);
    least = placed[at] + step;
  }
  let most = bottom;
  for (const at of order.toReversed()) {
    placed[at] = Math.min(placed[at], most);
    most = placed[at] - step;
  }
  return placed;
}

/**
 * @param {import("uplot").default} plot
 * @param {{ text: string, colour: string, lit: boolean }[]} labels one per line, in the order of the lines
 */
export function drawLabels(plot, labels) {
  const ratio = devicePixelRatio || 1;
  const { ctx: context, bbox } = plot;
  const ends = labels.map((label, at) => {
    const values = plot.data[at + 1];
    const index = values.findLastIndex((value) => value != null);
    return index < 0 ? null : { ...label, x: plot.valToPos(plot.data[0][index], "x", true), y: plot.valToPos(values[index], "y", true) };
  }).filter((end) => end !== null && Number.isFinite(end.y));
  const heights = spread(ends.map((end) => end.y), bbox.top + 4 * ratio, bbox.top + bbox.height - 4 * ratio, height * ratio);
  context.save();
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.setLineDash([]);
  const left = bbox.left + bbox.width + 14 * ratio;
  ends.forEach((end, at) => {
    context.globalAlpha = end.lit ? 0.9 : 0.35;
    context.strokeStyle = end.colour;
    context.lineWidth = ratio;
    context.beginPath();
    context.moveTo(end.x + 3 * ratio, end.y);
    context.lineTo(Math.max(end.x + 3 * ratio, left - 8 * ratio), heights[at]);
    context.lineTo(left - 3 * ratio, heights[at]);
    context.stroke();
    context.globalAlpha = 1;
    context.font = `${end.lit ? "700 " : ""}${11 * ratio}px ${fonts()}`;
    context.fillStyle = end.lit ? colour("mud-palette-text-primary") : colour("mud-palette-text-secondary");
    context.fillText(end.text, left, heights[at]);
  });
  context.restore();
}
