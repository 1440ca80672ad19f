// Draws lanes of workers with their tasks on a canvas.
import { colour, faded, fonts, number } from "../charts/palette.js";
import { frameMs } from "./points.js";

/** Pixels: the names on the left, the axis above. */
export const gutter = 92;
export const axisHeight = 24;

/** A bar narrower than this says nothing by itself: then the shares of the whole lane are drawn instead. */
const narrowest = 1.6;

/** The most lanes that are drawn. */
export const mostLanes = 64;

/** @param {number} lanes */
export const laneHeight = (lanes) => Math.max(16, Math.min(38, Math.floor(340 / Math.max(1, lanes))));

/**
 * @typedef {{ from: number, to: number }} View milliseconds
 * @typedef {{ worker: number, start: number, end: number, failed: boolean, use: number, shown: number, count: number }} Task use: share of its time on a processor; shown of count: how many of the worker's tasks of that stretch are known one by one
 */

/** The tasks that are known one by one and touch a stretch of time. @param {import("./points.js").Points} points @param {number} from @param {number} to @param {(task: Task) => void} each */
export function eachTask(points, from, to, each) {
  // A task stands where it ended, so those of later points may reach back into view.
  const last = Math.min(points.all.length - 1, points.indexAt(to + points.longest));
  for (let index = points.indexAt(from); index <= last; index++) {
    const point = points.all[index];
    const spans = point.s;
    if (!spans) continue;
    const begin = point.f * frameMs;
    const shown = [];
    for (const worker of spans.w) shown[worker] = (shown[worker] ?? 0) + 1;
    for (let i = 0; i < spans.w.length; i++) {
      const start = begin + spans.s[i];
      const end = start + spans.d[i];
      if (end < from || start > to) continue;
      const worker = spans.w[i];
      each({ worker, start, end, failed: spans.e.includes(i), use: useOf(points, worker, start, end), shown: shown[worker], count: point.d[worker] ?? 0 });
    }
  }
}

/** Share of a worker's time in tasks that it was on a processor, over the points that a stretch touches. */
function useOf(points, worker, start, end) {
  let [busy, use] = [0, 0];
  for (let index = points.indexAt(start); index < points.all.length; index++) {
    const point = points.all[index];
    const from = point.f * frameMs;
    if (from >= end && busy > 0) break;
    const weight = Math.max(1e-6, Math.min(end, from + point.ms) - Math.max(start, from));
    busy += (point.b[worker] ?? 0) * weight;
    use += Math.min(point.u[worker] ?? 0, point.b[worker] ?? 0) * weight;
    if (from + point.ms >= end) break;
  }
  return busy > 0 ? use / busy : 0;
}

/** A round step of an axis with about so many marks. */
function stepOf(span, marks) {
  const rough = span / marks;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}

/** @param {number} ms @param {number} step */
function timeLabel(ms, step) {
  if (step >= 1000 || (ms >= 1000 && step >= 10)) return `${number(Math.round(ms) / 1000)} s`;
  return step >= 1 ? `${number(ms)} ms` : `${ms.toFixed(step >= 0.1 ? 1 : 2)} ms`;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ points: import("./points.js").Points, view: View, names: string[], cursor: number | null, chosen: Task | null, lane: number }} state
 * @returns {{ bars: number, oneByOne: boolean }}
 */
export function drawTimeline(canvas, state) {
  const { points, view, names } = state;
  const lanes = Math.min(mostLanes, points.workers);
  const tall = laneHeight(lanes);
  const ratio = devicePixelRatio || 1;
  const wide = canvas.clientWidth;
  const high = axisHeight + Math.max(1, lanes) * tall + 2;
  if (canvas.style.height !== `${high}px`) canvas.style.height = `${high}px`;
  if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) Object.assign(canvas, { width: Math.round(wide * ratio), height: Math.round(high * ratio) });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, wide, high);
  const look = {
    text: colour("mud-palette-text-secondary"), line: colour("mud-palette-divider"), running: colour("state-running"), waiting: colour("state-waiting"), gone: colour("state-gone"),
    ink: colour("mud-palette-text-primary"), primary: colour("mud-palette-primary"), surface: colour("mud-palette-surface"),
  };
  const area = { left: gutter, width: Math.max(10, wide - gutter - 8), tall, lanes };
  const x = (ms) => area.left + ((ms - view.from) / (view.to - view.from)) * area.width;

  drawAxis(context, look, area, view, x, high);
  context.save();
  context.beginPath();
  context.rect(area.left, 0, area.width, high);
  context.clip();
  const drawn = drawBars(context, look, area, points, view, x);
  if (state.cursor !== null) {
    context.fillStyle = look.primary;
    context.fillRect(Math.round(x(state.cursor)) - 1, axisHeight - 6, 2, high);
  }
  if (state.chosen) {
    context.strokeStyle = look.ink;
    context.lineWidth = 2;
    const left = x(state.chosen.start);
    context.strokeRect(left - 1, axisHeight + state.chosen.worker * tall + 1, Math.max(3, x(state.chosen.end) - left + 2), tall - 3);
  }
  context.restore();

  context.font = `11px ${fonts()}`;
  context.textBaseline = "middle";
  context.textAlign = "left";
  for (let lane = 0; lane < lanes; lane++) {
    context.fillStyle = lane === state.lane ? look.ink : look.text;
    context.fillText(names[lane] ?? "", 2, axisHeight + lane * tall + tall / 2, gutter - 8);
  }
  return drawn;
}

function drawAxis(context, look, area, view, x, high) {
  const step = stepOf(view.to - view.from, Math.max(2, area.width / 90));
  context.font = `11px ${fonts()}`;
  context.textBaseline = "top";
  context.textAlign = "center";
  for (let at = Math.ceil(view.from / step) * step; at <= view.to + step * 1e-6; at += step) {
    context.fillStyle = look.line;
    context.fillRect(Math.round(x(at)), axisHeight - 6, 1, high - axisHeight + 6);
    context.fillStyle = look.text;
    context.fillText(timeLabel(at, step), Math.min(area.left + area.width - 16, Math.max(area.left + 12, x(at))), 2);
  }
  context.fillStyle = look.line;
  for (let lane = 0; lane <= area.lanes; lane++) context.fillRect(area.left, axisHeight + lane * area.tall, area.width, 1);
}

function drawBars(context, look, area, points, view, x) {
  let [bars, wideEnough, count] = [0, 0, 0];
  const tasks = [];
  eachTask(points, view.from, view.to, (task) => {
    if (task.worker >= area.lanes) return;
    count++;
    if (x(task.end) - x(task.start) >= narrowest) wideEnough++;
    tasks.push(task);
  });
  // All as bars, or all as shares: a mixture would look as if only some had worked.
  const oneByOne = count > 0 && wideEnough >= count * 0.4;
  drawShares(context, look, area, points, view, x, oneByOne ? 0.28 : 1);
  if (!oneByOne) return { bars: 0, oneByOne };
  for (const task of tasks) {
    const left = x(task.start);
    const wide = Math.max(1, x(task.end) - left - (x(task.end) - left > 5 ? 1 : 0));
    const top = axisHeight + task.worker * area.tall + 3;
    const tall = area.tall - 6;
    context.fillStyle = look.surface;
    context.fillRect(left, top, wide, tall);
    // Its height says the share of its time on a processor, besides the colour.
    const filled = Math.round(tall * task.use);
    context.fillStyle = faded6(task.failed ? look.gone : look.waiting, 0.45);
    context.fillRect(left, top, wide, tall - filled);
    context.fillStyle = task.failed ? look.gone : look.running;
    context.fillRect(left, top + tall - filled, wide, filled);
    if (wide > 5) {
      context.strokeStyle = task.failed ? look.gone : task.use >= 0.5 ? look.running : look.waiting;
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, top + 0.5, wide - 1, tall - 1);
      if (task.failed) cross(context, look, left, top, Math.min(wide, tall), tall);
    }
    bars++;
  }
  return { bars, oneByOne };
}

function cross(context, look, left, top, wide, tall) {
  context.strokeStyle = look.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left + 3, top + 3);
  context.lineTo(left + wide - 3, top + tall - 3);
  context.moveTo(left + wide - 3, top + 3);
  context.lineTo(left + 3, top + tall - 3);
  context.stroke();
}

/** Each lane's shares over time: on a processor below, in tasks but waiting above. Points narrower than two pixels are drawn together. */
function drawShares(context, look, area, points, view, x, alpha) {
  const first = points.indexAt(view.from);
  const last = points.indexAt(view.to);
  context.globalAlpha = alpha;
  for (let index = first; index <= last && index < points.all.length;) {
    const begin = points.all[index].f * frameMs;
    const left = x(begin);
    let next = index;
    let end = begin;
    while (next <= last && next < points.all.length && (next === index || x(points.all[next].f * frameMs + points.all[next].ms) - left <= 2)) {
      end = points.all[next].f * frameMs + points.all[next].ms;
      next++;
    }
    const wide = Math.max(1, x(end) - left + 0.3);
    for (let lane = 0; lane < area.lanes; lane++) {
      let [busy, use, failed, weight] = [0, 0, false, 0];
      for (let i = index; i < next; i++) {
        const point = points.all[i];
        busy += (point.b[lane] ?? 0) * point.ms;
        use += Math.min(point.u[lane] ?? 0, point.b[lane] ?? 0) * point.ms;
        weight += point.ms;
        failed ||= point.l[lane] === "g";
      }
      const top = axisHeight + lane * area.tall + 2;
      const tall = area.tall - 4;
      const high = (tall * use) / weight / 100;
      const waits = (tall * (busy - use)) / weight / 100;
      context.fillStyle = look.running;
      context.fillRect(left, top + tall - high, wide, high);
      context.fillStyle = look.waiting;
      context.fillRect(left, top + tall - high - waits, wide, waits);
      if (failed) {
        context.fillStyle = look.gone;
        context.fillRect(left, top, wide, 3);
      }
    }
    index = next;
  }
  context.globalAlpha = 1;
}

/** Theme colours come as `#rrggbb`; anything else is used as it is. */
const faded6 = (hex, alpha) => (/^#[0-9a-f]{6}$/i.test(hex) ? faded(hex, alpha) : hex);
