/** Waiting, never for less than what was asked. */

import { now } from '../../clock.mjs';

const cell = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread. */
export function pause(milliseconds) {
  const until = dueAfter(milliseconds);
  for (let left = milliseconds; left > 0; left = Number(until - now()) / 1e6) {
    Atomics.wait(cell, 0, 0, left);
  }
}

/** Waits on the event loop. A timer counts from the loop's own time in whole milliseconds and may come almost one early: then another one is set. */
export async function pauseAsync(milliseconds) {
  const until = dueAfter(milliseconds);
  for (let left = milliseconds; left > 0; left = Number(until - now()) / 1e6) {
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
  }
}

function dueAfter(milliseconds) {
  return now() + BigInt(Math.round(milliseconds * 1e6));
}
