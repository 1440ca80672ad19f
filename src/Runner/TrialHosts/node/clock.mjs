/** The machine's monotonic clock, and who reads it. */

import { readlinkSync } from 'node:fs';

/** CLOCK_MONOTONIC in nanoseconds, a BigInt. Taken here, before a task's code could replace it. */
export const now = process.hrtime.bigint;

/** Later than any time. */
export const NEVER = (1n << 63n) - 1n;

/** The calling thread's number in the operating system; 0 where it does not tell. */
export function nativeThreadId() {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/')[2]);
  } catch {
    return 0;
  }
}
