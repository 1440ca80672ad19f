// The arrivals of an open load over the time since a trial's start.

/** @typedef {{ rate: number, seconds: number }} Stage arrivals per second, for so many seconds */

/** @param {Stage[]} stages @param {number} at seconds @returns {number | null} arrivals per second; null after the last stage */
export function offeredAt(stages, at) {
  let end = 0;
  for (const stage of stages) {
    end += stage.seconds;
    // A point of the axis is the end of what it covers.
    if (at <= end + 1e-9) return stage.rate;
  }
  return null;
}
