// Where things stand, for a given width. Each layout answers the drawing and a function that shows one moment.
import { number } from "../charts/palette.js";
import { chef, house, oven, plate, pot, stove } from "./figures.js";
import { el, group, path, rect, text } from "./svg.js";

/**
 * @typedef {{ layout: "room" | "loop" | "rooms" | "per-task", workers: number, stoves: number, oven: boolean, oneStove: boolean, carrying: number | null, carries: boolean }} Scene
 * @typedef {{ letters: string, done: number, errors: number, still: boolean }} Moment still: nobody walks
 */

const place = (element, x, y) => { element.style.transform = `translate(${x}px, ${y}px)`; };

function more(parent, x, y, count, what) {
  if (count > 0) parent.append(text("caption", x, y, `and ${number(count)} more ${what}`, "end"));
}

/** The counter over the hatch through which dishes leave. @param {number} x its right edge */
function pass(parent, x, y, word) {
  const count = text("count", x - 62, y - 72, "0", "middle");
  parent.append(rect("hatch", x - 124, y - 64, 124, 46, 4), rect("steel-dark", x - 130, y - 20, 136, 6, 2), count, text("caption", x - 62, y - 4, word, "middle"));
  const dishes = Array.from({ length: 5 }, (_, index) => {
    const dish = plate();
    place(dish, x - 106 + index * 22, y - 24);
    parent.append(dish);
    return dish;
  });
  let before = -1;
  return (/** @type {number} */ done) => {
    if (done === before) return;
    before = done;
    count.textContent = number(done);
    dishes.forEach((dish, index) => { dish.dataset.state = index < (done === 0 ? 0 : ((done - 1) % 5) + 1) ? "on" : "off"; });
  };
}

/** One kitchen for all: threads, a pool, or one chef alone. @param {Scene} scene @param {number} width */
function room(scene, width) {
  const root = el("g");
  const gap = 46;
  const perRow = Math.max(3, Math.floor((width - 40) / gap));
  const shown = Math.min(scene.workers, perRow * 2);
  const rows = Math.ceil(shown / perRow);
  const height = 186 + rows * 84;
  const back = 146;
  root.append(rect("wall", 0, 0, width, back + 8), tiles(width, back), rect("floor", 0, back + 8, width, height - back - 8));

  const ovenWidth = scene.oven ? 86 : 0;
  const stoves = Math.min(scene.stoves, Math.max(1, Math.floor((width - 150 - ovenWidth) / 66)));
  const span = width - 150 - ovenWidth;
  const burners = Array.from({ length: stoves }, (_, index) => {
    const it = stove();
    const x = ovenWidth + 8 + (span * (index + 0.5)) / stoves;
    root.append(group("", x, back + 10, it));
    return { it, x };
  });
  const hot = scene.oven ? oven() : null;
  if (hot) root.append(group("", 52, back + 10, hot), text("caption", 52, back - 68, "oven", "middle"));
  const label = scene.oneStove ? "the one stove" : stoves < scene.stoves ? `${stoves} of ${scene.stoves} stoves` : scene.stoves === 1 ? "stove" : "stoves";
  root.append(text("caption", ovenWidth + 8 + span / 2, 42, label, "middle"));
  const count = pass(root, width - 12, back + 12, "dishes done");

  const chefs = Array.from({ length: shown }, (_, worker) => {
    const it = chef();
    const row = Math.floor(worker / perRow);
    const inRow = Math.min(perRow, shown - row * perRow);
    // Near the stoves, as a queue, as far as there is room.
    const apart = Math.min((width - 20) / inRow, 84);
    const middle = Math.min(Math.max(ovenWidth + 8 + span / 2, (apart * inRow) / 2 + 8), width - (apart * inRow) / 2 - 8);
    const home = { x: middle + apart * ((worker % perRow) - (inRow - 1) / 2), y: back + 104 + row * 84 };
    root.append(it);
    return { it, home };
  });
  more(root, width - 10, height - 8, scene.workers - shown, "chefs");

  return { root, height, show(/** @type {Moment} */ moment) {
    count(moment.done);
    let atStove = 0;
    chefs.forEach(({ it, home }, worker) => {
      const state = moment.letters[worker] ?? "i";
      it.dataset.state = state;
      const burner = state === "c" && !moment.still && atStove < burners.length ? burners[atStove] : null;
      if (state === "c") atStove++;
      place(it, burner ? burner.x - 24 : home.x, burner ? back + 22 : home.y);
    });
    const cooking = [...moment.letters].filter((letter) => letter === "c").length;
    burners.forEach(({ it }, index) => { it.dataset.state = index < cooking ? "on" : "off"; });
    if (hot) hot.dataset.state = moment.letters.includes("o") ? "on" : "off";
  } };
}

/** One chef and a pot for each task that is under way: an event loop. @param {Scene} scene @param {number} width */
function loop(scene, width) {
  const root = el("g");
  const gap = 48;
  const perRow = Math.max(4, Math.floor((width - 40) / gap));
  const most = Math.min(scene.workers, perRow * 3);
  const rows = Math.ceil(most / perRow);
  const top = 118;
  const height = top + rows * 92 + 30;
  root.append(rect("wall", 0, 0, width, top - 18), tiles(width, top - 18), rect("floor", 0, top - 18, width, height - top + 18));
  const count = pass(root, width - 12, 94, "dishes done");
  const pots = Array.from({ length: most }, (_, worker) => {
    const it = pot();
    const row = Math.floor(worker / perRow);
    const inRow = Math.min(perRow, most - row * perRow);
    const x = 20 + ((width - 40) * ((worker % perRow) + 0.5)) / inRow;
    const y = top + 46 + row * 92;
    root.append(group("", x, y - 4, it));
    return { it, x, y };
  });
  for (let row = 0; row < rows; row++) root.insertBefore(rect("steel", 10, top + 46 + row * 92 - 3, width - 20, 12, 3), pots[row * perRow].it.parentNode);
  const one = chef();
  root.append(one);
  more(root, width - 10, height - 6, scene.workers - most, "pots");

  return { root, height, show(/** @type {Moment} */ moment) {
    count(moment.done);
    pots.forEach(({ it }, worker) => { it.dataset.state = moment.letters[worker] ?? "i"; });
    const busy = moment.letters.indexOf("c");
    const by = busy >= 0 && busy < pots.length && !moment.still ? pots[busy] : null;
    one.dataset.state = busy >= 0 ? "c" : /[osw]/.test(moment.letters) ? "w" : "i";
    place(one, by ? by.x - 22 : 40, by ? by.y + 34 : 92);
  } };
}

/** A kitchen for each chef: processes; or for each dish. @param {Scene} scene @param {number} width */
function rooms(scene, width) {
  const root = el("g");
  const perTask = scene.layout === "per-task";
  const perRow = Math.max(2, Math.floor(width / 128));
  const shown = Math.min(scene.workers, perRow * 2);
  const rows = Math.ceil(shown / perRow);
  const street = 126;
  const height = street + rows * 142 + 24;
  root.append(rect("floor", 0, 0, width, height), rect("road", 0, 102, width, 26), path("lane-line", `M0 115 H${width}`));
  const count = pass(root, 136, 100, "");
  root.append(text("caption", 150, 52, perTask ? "dishes done, each in a kitchen of its own" : "dishes done"));
  const says = scene.carrying === null ? (scene.carries ? "carrying plates: known when the trial has ended" : "") : `carrying plates: ${number(scene.carrying * 100)} % of the chefs' time`;
  if (width > 560) root.append(text("caption", width - 10, 94, says, "end"));
  else root.append(text("caption", 150, 72, says.replace("carrying plates", "carrying").replace(": known when the trial has ended", ": known later").replace(" of the chefs' time", "")));
  // The further away the kitchens are, the more plates are on the road.
  const carried = Math.min(12, Math.ceil((scene.carrying ?? 0) * 12));
  for (let index = 0; index < carried; index++) {
    const it = plate();
    place(it, 24 + ((width - 48) * (index + 0.5)) / carried, index % 2 ? 123 : 111);
    it.dataset.state = "on";
    root.append(it);
  }

  const kitchens = Array.from({ length: shown }, (_, worker) => {
    const row = Math.floor(worker / perRow);
    const inRow = Math.min(perRow, shown - row * perRow);
    const x = (width * ((worker % perRow) + 0.5)) / inRow;
    const y = street + 134 + row * 142;
    const [home, burner, cook] = [house(), stove(), chef()];
    root.append(group("", x, y, home, group("", 22, -10, burner), cook));
    place(cook, -18, -6);
    return { home, burner, cook };
  });
  more(root, width - 10, height - 6, scene.workers - shown, "kitchens");

  return { root, height, show(/** @type {Moment} */ moment) {
    count(moment.done);
    kitchens.forEach(({ home, burner, cook }, worker) => {
      const state = moment.letters[worker] ?? "i";
      cook.dataset.state = state;
      home.dataset.state = perTask && (state === "i" || state === "g") ? "plot" : "built";
      burner.dataset.state = state === "c" ? "on" : "off";
      cook.style.visibility = perTask && state === "i" ? "hidden" : "";
      burner.style.visibility = cook.style.visibility;
    });
  } };
}

function tiles(width, height) {
  let d = "";
  for (let y = 24; y < height; y += 24) d += `M0 ${y} H${width} `;
  for (let x = 32; x < width; x += 32) d += `M${x} 0 V${height} `;
  return path("tiles", d);
}

/** @type {Record<string, (scene: Scene, width: number) => { root: SVGGElement, height: number, show: (moment: Moment) => void }>} */
export const layouts = { room, loop, rooms, "per-task": rooms };
