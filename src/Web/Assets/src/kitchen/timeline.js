// The timeline: zoom and pan by mouse, touch and keyboard, a cursor, and what a task's figures are.
import { number, onTheme, time } from "../charts/palette.js";
import { axisHeight, drawTimeline, eachTask, gutter, laneHeight, mostLanes } from "./timelineDraw.js";

/** Milliseconds: no view is shorter. */
const shortest = 0.05;

/** @param {HTMLElement} host focusable, holds a canvas and, marked with data-tip, where figures are shown @param {HTMLElement | null} says where what is in view is said @param {(ms: number) => void} onSeek */
export function timeline(host, says, onSeek) {
  const canvas = /** @type {HTMLCanvasElement} */ (host.querySelector("canvas"));
  const tip = /** @type {HTMLElement} */ (host.querySelector("[data-tip]"));
  const wheels = new AbortController();
  let points = /** @type {import("./points.js").Points | null} */ (null);
  let names = /** @type {string[]} */ ([]);
  let cursor = /** @type {number | null} */ (null);
  /** Null shows the whole trial, also while it grows. */
  let view = /** @type {import("./timelineDraw.js").View | null} */ (null);
  let chosen = /** @type {import("./timelineDraw.js").Task | null} */ (null);
  let lane = -1;
  let frame = 0;

  const end = () => Math.max(points?.end ?? 0, 100);
  const shown = () => view ?? { from: 0, to: end() };
  const msAt = (x) => shown().from + ((x - gutter) / Math.max(10, canvas.clientWidth - gutter - 8)) * (shown().to - shown().from);

  function draw() {
    frame = 0;
    if (!points || canvas.clientWidth === 0) return;
    const drawn = drawTimeline(canvas, { points, view: shown(), names, cursor, chosen, lane });
    host.dataset.bars = String(drawn.bars);
    host.dataset.from = String(Math.round(shown().from * 1000) / 1000);
    host.dataset.to = String(Math.round(shown().to * 1000) / 1000);
    if (says) say(drawn);
  }

  const soon = () => { frame ||= requestAnimationFrame(draw); };

  function say(drawn) {
    const { from, to } = shown();
    let [known, all] = [0, 0];
    const last = points.indexAt(to);
    for (let index = points.indexAt(from); index <= last && index < points.all.length; index++) {
      known += points.all[index].s?.w.length ?? 0;
      all += points.all[index].t;
    }
    const span = `${time(from)} to ${time(to)}`;
    const hidden = points.workers > mostLanes ? ` Of ${number(points.workers)} workers the first ${mostLanes} have a lane.` : "";
    const text = (all === 0 ? `${span}: no task ended here.`
      : !drawn.oneByOne ? `${span}: ${number(all)} tasks ended, drawn as shares of time. Zoom in to see tasks one by one.`
      : known >= all ? `${span}: all ${number(all)} tasks that ended are shown.`
      : `${span}: 1 of ${number(all / Math.max(1, known))} tasks is shown (${number(known)} of ${number(all)}).`) + hidden;
    if (says.textContent !== text) says.textContent = text;
  }

  function show(from, to) {
    const span = Math.min(Math.max(to - from, shortest), end());
    const left = Math.min(Math.max(0, from), end() - span);
    view = span >= end() * 0.999 ? null : { from: left, to: left + span };
    soon();
  }

  function zoom(factor, at) {
    const { from, to } = shown();
    const centre = at ?? (cursor !== null && cursor > from && cursor < to ? cursor : (from + to) / 2);
    show(centre - (centre - from) * factor, centre + (to - centre) * factor);
  }

  function pan(share) {
    const { from, to } = shown();
    show(from + (to - from) * share, to + (to - from) * share);
  }

  function tell(task, x) {
    chosen = task;
    soon();
    if (!task) {
      tip.hidden = true;
      return;
    }
    lane = task.worker;
    const rest = task.count > task.shown ? ` It is one of ${number(task.shown)} shown of ${number(task.count)} that this worker ended about then.` : "";
    tip.textContent = `${names[task.worker]}: ${task.failed ? "failed" : "done"} after ${exact(task.end - task.start)}, from ${exact(task.start)} on; on a processor ${Math.round(task.use * 100)} % of its time.${rest}`;
    tip.hidden = false;
    const at = x ?? gutter + ((task.start - shown().from) / (shown().to - shown().from)) * (canvas.clientWidth - gutter);
    tip.style.left = `${Math.min(Math.max(4, at - 40), Math.max(4, host.clientWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${axisHeight + (task.worker + 1) * laneHeight(Math.min(mostLanes, points.workers)) + 4}px`;
  }

  function taskAt(x, y) {
    if (!points || x < gutter) return null;
    const worker = Math.floor((y - axisHeight) / laneHeight(Math.min(mostLanes, points.workers)));
    const at = msAt(x);
    const slack = ((shown().to - shown().from) / canvas.clientWidth) * 3;
    let best = /** @type {import("./timelineDraw.js").Task | null} */ (null);
    if (host.dataset.bars === "0") return null;
    eachTask(points, at - slack, at + slack, (task) => {
      if (task.worker === worker && (!best || Math.abs(task.start + task.end - 2 * at) < Math.abs(best.start + best.end - 2 * at))) best = task;
    });
    return best;
  }

  /** The next or previous task of the lane. @param {1 | -1} way */
  function walk(way) {
    if (!points) return;
    lane = Math.max(0, lane);
    const { from, to } = shown();
    const tasks = /** @type {import("./timelineDraw.js").Task[]} */ ([]);
    const about = chosen?.worker === lane ? chosen.start : from;
    eachTask(points, Math.max(0, about - (to - from)), about + (to - from) + points.longest, (task) => { if (task.worker === lane) tasks.push(task); });
    tasks.sort((one, other) => one.start - other.start);
    const next = way > 0 ? tasks.find((task) => (chosen?.worker === lane ? task.start > about : task.start >= about)) : tasks.findLast((task) => task.start < about);
    if (!next) return;
    if (next.start < from || next.start > to) show(next.start - (to - from) / 2, next.start + (to - from) / 2);
    tell(next);
  }

  const keys = {
    ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2), "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1 / 0.6), 0: () => show(0, end()),
    Home: () => show(0, shown().to - shown().from), End: () => show(end() - (shown().to - shown().from), end()),
    ArrowDown: () => { lane = Math.min(lane + 1, Math.min(mostLanes, points?.workers ?? 1) - 1); soon(); }, ArrowUp: () => { lane = Math.max(0, lane - 1); soon(); },
    n: () => walk(1), p: () => walk(-1), Escape: () => tell(null),
  };
  const on = (target, name, action, more = {}) => target.addEventListener(name, action, { signal: wheels.signal, ...more });
  on(host, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  // Without a key held the wheel scrolls the page, unless the reader works in here.
  on(canvas, "wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && document.activeElement !== host) return;
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(Math.sign(event.deltaX || event.deltaY) * 0.1);
    else zoom(event.deltaY > 0 ? 1.25 : 0.8, msAt(event.offsetX));
  }, { passive: false });
  drag();
  for (const button of host.parentElement?.querySelectorAll("[data-zoom]") ?? []) {
    on(button, "click", () => ({ in: () => zoom(0.5), out: () => zoom(2), all: () => show(0, end()), left: () => pan(-0.3), right: () => pan(0.3) })[button.dataset.zoom]());
  }

  function drag() {
    const held = /** @type {Map<number, number>} */ (new Map());
    let moved = 0;
    on(canvas, "pointerdown", (event) => {
      held.set(event.pointerId, event.offsetX);
      moved = 0;
      canvas.setPointerCapture(event.pointerId);
    });
    on(canvas, "pointermove", (event) => {
      if (!held.has(event.pointerId)) {
        tell(taskAt(event.offsetX, event.offsetY), event.offsetX);
        return;
      }
      const before = [...held.values()];
      const span = shown().to - shown().from;
      const perPixel = span / Math.max(10, canvas.clientWidth - gutter);
      const by = event.offsetX - held.get(event.pointerId);
      moved += Math.abs(by);
      held.set(event.pointerId, event.offsetX);
      if (held.size === 2) {
        const after = [...held.values()];
        const wide = Math.max(12, Math.abs(after[0] - after[1]));
        zoom(Math.max(12, Math.abs(before[0] - before[1])) / wide, msAt((after[0] + after[1]) / 2));
      } else if (moved > 3) {
        show(shown().from - by * perPixel, shown().to - by * perPixel);
      }
    });
    const release = (event) => {
      if (!held.delete(event.pointerId) || moved > 3 || event.type === "pointercancel") return;
      if (event.offsetX >= gutter) onSeek(Math.min(end(), Math.max(0, msAt(event.offsetX))));
      tell(taskAt(event.offsetX, event.offsetY), event.offsetX);
    };
    on(canvas, "pointerup", release);
    on(canvas, "pointercancel", release);
    on(canvas, "pointerleave", () => { if (held.size === 0) tell(null); });
  }

  const unsubscribe = onTheme(soon);
  const sized = new ResizeObserver(soon);
  sized.observe(host);
  return {
    /** @param {string[]} lanes their names; another trial is shown as a whole */
    use(lanes) {
      names = lanes;
      [view, chosen, lane] = [null, null, -1];
      tip.hidden = true;
      soon();
    },
    /** @param {import("./points.js").Points} of @param {number | null} at the cursor */
    draw(of, at) {
      points = of;
      cursor = at;
      // What plays or comes now stays in view.
      if (view && at !== null && (at > view.to || at < view.from)) {
        const span = view.to - view.from;
        view = { from: Math.max(0, at - span * 0.1), to: Math.max(0, at - span * 0.1) + span };
      }
      draw();
    },
    dispose() {
      wheels.abort();
      unsubscribe();
      sized.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}

/** Six digits, in the unit that fits. @param {number} ms */
function exact(ms) {
  const [value, unit] = Math.abs(ms) >= 1000 ? [ms / 1000, "s"] : Math.abs(ms) >= 1 ? [ms, "ms"] : [ms * 1000, "µs"];
  return `${Number(value.toPrecision(6))} ${unit}`;
}
