/**
 * The built-in kernels, one per module: the kernel `cpu.primes` is the module `cpu-primes.mjs`.
 *
 * A kernel has `makeTask(params, scratch)`. It is called once for each worker, in its thread, and returns the worker's own
 * `task(index)`, which runs one task and gives its unsigned 64-bit result: a number where that is below 2^53, else a BigInt. What a worker keeps
 * between tasks (a buffer, a connection) lives in that closure. A kernel that waits also, or only, has `makeTaskAsync`, whose task returns a
 * promise. Wrong parameters throw a RangeError with a message for the user.
 *
 * A kernel whose workers share something, or talk to something, also has `makeFixture(params, scratch, request)`. It is called once, in the host, before the
 * workers start, and what it gives (or promises) is cloned to them as the third argument of `makeTask` and `makeTaskAsync`.
 */

import { readdirSync } from 'node:fs';

import { TrialFailed } from '../errors.mjs';

const DIRECTORY = new URL('.', import.meta.url);

/** The module of a kernel; `TrialFailed` if there is none. */
export async function loadKernel(name) {
  const files = new Map(
    readdirSync(DIRECTORY)
      .filter((file) => file.endsWith('.mjs') && file !== 'index.mjs')
      .map((file) => [file.slice(0, -'.mjs'.length).replace('-', '.'), file]),
  );
  const file = files.get(name);
  if (!file) {
    throw new TrialFailed(`the Node.js trial host has no kernel '${name}'; it has ${[...files.keys()].sort().join(', ')}`);
  }
  return import(new URL(file, DIRECTORY));
}

/** A parameter that has to be a number of at least 0. */
export function numberOf(params, name) {
  const value = params[name];
  if (typeof value !== 'number' || !(value >= 0)) {
    throw new RangeError(value === undefined ? `the parameter '${name}' is missing` : `the parameter '${name}' is ${JSON.stringify(value)}; it has to be a number of at least 0`);
  }
  return value;
}
