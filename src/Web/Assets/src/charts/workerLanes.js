// One lane per worker: what it did over time, with its state now in words.
import { colour, onTheme } from "./palette.js";

const states = {
  i: { word: "idle", colour: "state-idle", fill: 0.25 },
  r: { word: "running", colour: "state-running", fill: 1 },
  w: { word: "waiting", colour: "state-waiting", fill: 0.6 },
  g: { word: "gone", colour: "state-gone", fill: 0.15 },
};

/** The most workers that get a lane of their own. */
const most = 64;

/** @param {HTMLElement} host */
export function workerLanes(host) {
  /** @type {{ row: HTMLElement, word: HTMLElement, canvas: HTMLCanvasElement }[]} */
  let lanes = [];
  let last = /** @type {[any, any] | null} */ (null);
  const rest = document.createElement("p");
  rest.className = "lanes-rest";

  function ensure(count) {
    if (count === lanes.length) return;
    lanes = Array.from({ length: count }, (_, worker) => {
      const row = document.createElement("div");
      row.className = "lane";
      const name = document.createElement("span");
      name.className = "lane-name";
      name.textContent = `Worker ${worker}`;
      const canvas = document.createElement("canvas");
      canvas.setAttribute("aria-hidden", "true");
      const word = document.createElement("span");
      word.className = "lane-word";
      row.append(name, canvas, word);
      return { row, word, canvas };
    });
    host.replaceChildren(...lanes.map((lane) => lane.row), rest);
  }

  /** @param {import("./store.js").RunStore} store @param {number | null} trial */
  function draw(store, trial) {
    last = [store, trial];
    const series = store.series.get(trial);
    const workers = series?.states.length ?? 0;
    ensure(Math.min(workers, most));
    rest.textContent = workers > most ? `and ${workers - most} more workers` : "";
    if (!series) return;
    const frames = Math.max(series.frames, 20);
    const palette = Object.fromEntries(Object.entries(states).map(([key, state]) => [key, colour(state.colour)]));
    lanes.forEach((lane, worker) => {
      const text = series.states[worker] ?? "";
      const now = states[text.at(-1)] ?? states.i;
      const label = now.word === "running" || now.word === "waiting" ? `${now.word} ${Math.round((series.busy[worker] ?? 0) * 100)} %` : now.word;
      if (lane.word.textContent !== label) lane.word.textContent = label;
      lane.word.dataset.state = now.word;
      const ratio = devicePixelRatio || 1;
      const width = Math.round(lane.canvas.clientWidth * ratio);
      const height = Math.round(lane.canvas.clientHeight * ratio);
      if (lane.canvas.width !== width || lane.canvas.height !== height) Object.assign(lane.canvas, { width, height });
      const context = lane.canvas.getContext("2d");
      context.clearRect(0, 0, width, height);
      for (let index = 0; index < text.length; index++) {
        const state = states[text[index]] ?? states.i;
        const left = Math.floor((series.at[index] / frames) * width);
        const right = Math.ceil(((series.at[index] + series.span[index]) / frames) * width);
        // Height says the state as well as colour does.
        const tall = Math.max(2, Math.round(height * state.fill));
        context.fillStyle = palette[text[index]] ?? palette.i;
        context.fillRect(left, height - tall, Math.max(1, right - left), tall);
      }
    });
  }

  const redraw = () => { if (last) requestAnimationFrame(() => draw(...last)); };
  const unsubscribe = onTheme(redraw);
  const sized = new ResizeObserver(redraw);
  sized.observe(host);
  return {
    draw,
    dispose() {
      unsubscribe();
      sized.disconnect();
      host.replaceChildren();
    },
  };
}
