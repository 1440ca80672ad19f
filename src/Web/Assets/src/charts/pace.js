// When charts are drawn. Without a graphics card every pixel costs processor time, which the trials may need: so each frame is seen at once in some of
// the charts, in turn, and none is drawn where nobody looks.

/** Share of the visible charts that is drawn for one frame: at ten frames a second each chart is drawn four times. */
const share = 0.4;

/** Milliseconds between two drawings at least. */
const rest = 80;

/** Milliseconds after which charts are drawn that are behind while no data comes. */
const patience = 150;

/**
 * @param {{ host: HTMLElement, draw: () => void }[]} charts
 * @param {() => void} onDrawn what came is on the screen
 * @returns {{ plan: () => void, soon: () => void, still: (isStill: boolean) => void, dispose: () => void }} plan: data came; soon: the reader did something and waits;
 *   still: no more data comes, so that all charts are drawn once, in view or not, and a print or picture of the page has them
 */
export function pace(charts, onDrawn) {
  const visible = new Set(charts.map((chart) => chart.host));
  // The chart that waits longest is first.
  let queue = [...charts];
  const stale = new Set(/** @type {HTMLElement[]} */ ([]));
  let timer = 0;
  let frame = 0;
  let drawn = -Infinity;
  let all = false;
  let everywhere = false;

  const due = () => queue.filter((chart) => stale.has(chart.host) && (everywhere || visible.has(chart.host)));

  function draw() {
    frame = 0;
    drawn = performance.now();
    const now = due().slice(0, all || everywhere ? charts.length : Math.max(1, Math.floor(visible.size * share)));
    all = false;
    for (const chart of now) {
      stale.delete(chart.host);
      chart.draw();
    }
    queue = [...queue.filter((chart) => !now.includes(chart)), ...now];
    onDrawn();
    if (due().length > 0) later(patience);
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  function ask() {
    clearTimeout(timer);
    timer = 0;
    // A hidden tab has no animation frames; what is behind then is drawn when it is looked at again.
    if (!document.hidden) frame ||= requestAnimationFrame(draw);
  }

  function behind() {
    for (const chart of charts) stale.add(chart.host);
  }

  function catchUp() {
    all = true;
    ask();
  }

  const onShown = () => { if (!document.hidden && stale.size > 0) catchUp(); };
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) visible.add(entry.target);
      else visible.delete(entry.target);
    }
    if (due().length > 0) catchUp();
  }, { rootMargin: "80px" });
  for (const chart of charts) seen.observe(chart.host);
  document.addEventListener("visibilitychange", onShown);
  return {
    plan() {
      behind();
      if (frame) return;
      const wait = rest - (performance.now() - drawn);
      if (wait <= 0) ask();
      else later(wait);
    },
    still(isStill) {
      everywhere = isStill;
    },
    soon() {
      behind();
      catchUp();
    },
    dispose() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      seen.disconnect();
      document.removeEventListener("visibilitychange", onShown);
    },
  };
}
