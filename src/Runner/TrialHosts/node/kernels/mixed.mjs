/** `mixed`: computes for a given processor time of its thread, then waits. */

import { now } from '../clock.mjs';
import { numberOf } from './index.mjs';
import { pause, pauseAsync } from './shared/waiting.mjs';

/** A step of the burning loop takes a microsecond or two; where one took so long, the thread was not running. */
const GAP_NANOSECONDS = 100_000n;

export function makeTask(params) {
  const { cpu, wait } = durations(params);
  return () => {
    burn(cpu);
    pause(wait);
    return 0;
  };
}

export function makeTaskAsync(params) {
  const { cpu, wait } = durations(params);
  return async () => {
    burn(cpu);
    await pauseAsync(wait);
    return 0;
  };
}

function durations(params) {
  return { cpu: BigInt(Math.round(numberOf(params, 'cpuMilliseconds') * 1e6)), wait: numberOf(params, 'waitMilliseconds') };
}

/** Node.js tells the processor time of a process, not of a thread: what counts is time without the gaps in which others had the core. */
function burn(nanoseconds) {
  let value = 1;
  let burnt = 0n;
  for (let last = now(); burnt < nanoseconds; ) {
    for (let i = 0; i < 500; i++) {
      value = (Math.imul(value, 31) + 7) & 0xffff;
    }
    const time = now();
    if (time - last < GAP_NANOSECONDS) {
      burnt += time - last;
    }
    last = time;
  }
  return value;
}
