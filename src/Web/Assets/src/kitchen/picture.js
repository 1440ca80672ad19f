// The kitchen: a picture of one moment of a trial.
import { layouts } from "./layouts.js";
import { el } from "./svg.js";

const reduced = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {HTMLElement} host */
export function picture(host) {
  let scene = /** @type {import("./layouts.js").Scene | null} */ (null);
  let drawn = /** @type {{ show: Function } | null} */ (null);
  let width = 0;
  let last = /** @type {any[] | null} */ (null);

  function build() {
    if (!scene || host.clientWidth === 0) return;
    width = host.clientWidth;
    // Larger where there is room for it.
    const scale = Math.min(1.35, Math.max(1, width / 820));
    const it = layouts[scene.layout](scene, width / scale);
    const svg = el("svg", { viewBox: `0 0 ${width / scale} ${it.height}`, width, height: it.height * scale, "aria-hidden": "true", focusable: "false" }, it.root);
    host.replaceChildren(svg);
    drawn = it;
  }

  const sized = new ResizeObserver(() => {
    if (!scene || Math.abs(host.clientWidth - width) < 2) return;
    build();
    if (last) draw(...last);
  });
  sized.observe(host);

  /** @param {import("./points.js").Points} points @param {number} at milliseconds @param {boolean} walks whether chefs may walk between two moments */
  function draw(points, at, walks) {
    last = [points, at, walks];
    if (!drawn) return;
    const index = points.indexAt(at);
    const point = points.all[index];
    host.dataset.motion = walks && !reduced.matches ? "smooth" : "none";
    drawn.show({ letters: point?.l ?? "", done: point ? Math.round((points.done[index - 1] ?? 0) + point.t * Math.min(1, Math.max(0, (at - point.f * 100) / point.ms))) : 0, errors: point?.e ?? 0, still: reduced.matches });
  }

  return {
    /** @param {import("./layouts.js").Scene} next */
    use(next) {
      scene = next;
      build();
      if (last) draw(...last);
    },
    draw,
    dispose() {
      sized.disconnect();
      host.replaceChildren();
    },
  };
}
