// The kitchen and the timeline of one trial. The page sends what the trial is when that changes, and points as they come; what is drawn, and when, is decided here.
import { pace } from "./charts/pace.js";
import { momentText } from "./kitchen/moment.js";
import { picture } from "./kitchen/picture.js";
import { player } from "./kitchen/player.js";
import { Points } from "./kitchen/points.js";
import { timeline } from "./kitchen/timeline.js";

/** @param {HTMLElement} root holds what is marked with data-part: timeline, says, and, where the kitchen is shown too, kitchen and moment */
export function create(root) {
  const part = (name) => /** @type {HTMLElement | null} */ (root.querySelector(`[data-part="${name}"]`));
  const points = new Points();
  const kitchen = part("kitchen") ? picture(part("kitchen")) : null;
  const moment = part("moment");
  let scene = /** @type {any} */ (null);
  let trial = /** @type {number | null} */ (null);
  let told = 0;

  const lanes = timeline(part("timeline"), part("says"), (ms) => plays.seek(ms));
  const plays = player(root, () => points.end, moved);
  const hosts = [...(kitchen ? [{ host: part("kitchen"), draw: drawKitchen }] : []), { host: part("timeline"), draw: drawLanes }];
  const paced = pace(hosts, () => { root.dataset.frames = String(points.all.length); });

  function drawKitchen() {
    // Motion between two moments is drawn sixty times a second: never while a trial is measured, and not where the replay leaps.
    kitchen.draw(points, plays.at, scene !== null && !scene.live && plays.stride <= 200);
    if (moment && scene) {
      const text = momentText(scene, points, plays.at);
      if (moment.textContent !== text) moment.textContent = text;
    }
  }

  function drawLanes() {
    lanes.draw(points, scene?.live && plays.follows ? null : plays.at);
  }

  function moved() {
    if (!scene) return;
    // The replay's own pace is enough; data that comes has its own.
    if (scene.live && plays.follows) paced.plan();
    else paced.soon();
  }

  return {
    /** @param {any} next the trial, how its kitchen looks and in what words */
    scene(next) {
      const isOther = next.trial !== trial;
      if (isOther) points.clear();
      trial = next.trial;
      scene = next;
      kitchen?.use(next);
      if (isOther) lanes.use(next.lanes);
      plays.use(next.live, isOther || told === 0);
    },
    /** @param {{ trial: number, reset: boolean, points: import("./kitchen/points.js").Point[] }} message */
    append(message) {
      if (message.trial !== trial) return;
      if (message.reset) points.clear();
      const first = told === 0 || (message.reset && !scene.live);
      points.append(message.points);
      told++;
      if (first && !plays.playing) plays.use(scene.live, true);
      else plays.grow();
    },
    dispose() {
      plays.dispose();
      paced.dispose();
      lanes.dispose();
      kitchen?.dispose();
    },
  };
}
