/** `memory.random`: follows a chain through a table, each step to a place that only the step before knows: the memory's latency. */

import { numberOf } from './index.mjs';

/** The table, in memory that worker threads share; each worker process makes its own. */
export function makeFixture(params, scratch, { strategy }) {
  return strategy === 'processes' ? null : tableOf(params);
}

export function makeTask(params, scratch, table) {
  const steps = numberOf(params, 'steps');
  const places = table ?? tableOf(params);
  const entries = BigInt(places.length / 2);
  return (index) => follow(places, Number(BigInt.asUintN(64, BigInt(index) * 0x9e37_79b9_7f4a_7c15n) % entries), steps);
}

function follow(places, place, steps) {
  for (let step = 0; step < steps; step++) {
    place = places[place * 2];
  }
  return place;
}

/**
 * One cycle through all entries of 64 bits, of which the lower half is used: the linear congruential generator whose period is its whole range, by the
 * theorem of Hull and Dobell (1962): the addend has no divisor in common with the range, and the multiplier less 1 has all its prime divisors, and 4.
 */
function tableOf(params) {
  const mebibytes = numberOf(params, 'mebibytes');
  const entries = mebibytes * 131_072;
  const step = (4 * mebibytes * 23_063 + 1) % entries;
  const table = new Int32Array(new SharedArrayBuffer(entries * 8));
  let next = 104_729 % entries;
  for (let entry = 0; entry < entries; entry++) {
    table[entry * 2] = next;
    next = (next + step) % entries;
  }
  return table;
}
