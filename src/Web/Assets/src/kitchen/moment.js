// What one sees at a moment, in words.
import { number, time } from "../charts/palette.js";

/** Milliseconds before the moment that its words are about: a frame alone is too little. */
const about = 500;

/**
 * @param {{ words: Record<string, string>, one: string, many: string, stove: string }} scene words by letter, for example `c: "at the stove"`
 * @param {import("./points.js").Points} points @param {number} at milliseconds
 */
export function momentText(scene, points, at) {
  const last = points.indexAt(at);
  if (!points.all[last]) return "Nothing has been measured of this trial yet.";
  let [ms, cpu, tasks, errors] = [0, 0, 0, 0];
  const letters = /** @type {Record<string, number>} */ ({});
  for (let index = last; index >= 0 && ms < about; index--) {
    const point = points.all[index];
    ms += point.ms;
    cpu += point.c * point.ms;
    tasks += point.t;
    errors += point.e;
    for (const letter of point.l) letters[letter] = (letters[letter] ?? 0) + point.ms;
  }
  const parts = Object.entries(scene.words).filter(([letter]) => (letters[letter] ?? 0) / ms >= 0.05).map(([letter, word]) => `${number(letters[letter] / ms)} ${word}`);
  const done = tasks === 0 ? "no dish was done" : `${number(tasks)} ${tasks === 1 ? "dish" : "dishes"} done${errors > 0 ? `, ${number(errors)} of them spoilt` : ""}`;
  return `At ${time(at)}, over the last ${time(Math.min(ms, at))}: ${parts.join(", ")}. ${number(cpu / ms)} ${scene.stove} in use, ${done}.`;
}
