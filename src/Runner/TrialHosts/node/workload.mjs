/** What one task does: a built-in kernel, the user's own code, or an HTTP exchange. */

import { TrialFailed, describe, formatStack } from './errors.mjs';
import { loadKernel } from './kernels/index.mjs';
import { setUpNetwork } from './network.mjs';

/**
 * The workload of a trial request; `TrialFailed` says what is wrong with it. It has `makeFixture()`, called once in the host, whose value is the request's `fixture`
 * in all workers; `makeTask(asynchronous)`, called once for each worker, in its thread or process, which gives the worker's own `task(index)`; and `warnings(asynchronous, awaited)` about how it was run.
 */
export async function loadWorkload(request) {
  const { kernel, params, code, http } = request.workload;
  setUpNetwork(request.network);
  if (kernel) {
    return new KernelWorkload(kernel, await loadKernel(kernel), params ?? {}, request);
  }
  if (code) {
    const { UserCode } = await import('./user-code.mjs');
    return UserCode.load(code, request.scratch);
  }
  if (http) {
    const { HttpWorkload } = await import('./http-workload.mjs');
    return new HttpWorkload(http);
  }
  throw new TrialFailed('the workload has neither a kernel nor code nor http; the Node.js trial host has no other');
}

class KernelWorkload {
  #name;
  #module;
  #params;
  #request;

  constructor(name, module, params, request) {
    this.#name = name;
    this.#module = module;
    this.#params = params;
    this.#request = request;
  }

  /** What the workers share or talk to, made once, in the host; null where there is nothing. */
  makeFixture() {
    return this.#explain(() => this.#module.makeFixture?.(this.#params, this.#request.scratch, this.#request) ?? null);
  }

  /** A kernel that can wait in both ways blocks its thread, unless it is asked for the other. */
  makeTask(asynchronous) {
    const { makeTask, makeTaskAsync } = this.#module;
    const make = asynchronous ? makeTaskAsync ?? makeTask : makeTask ?? makeTaskAsync;
    return this.#explain(() => make(this.#params, this.#request.scratch, this.#request.fixture));
  }

  warnings() {
    return [];
  }

  async #explain(make) {
    try {
      return await make();
    } catch (error) {
      throw new TrialFailed(`${this.#name}: ${error instanceof RangeError ? error.message : describe(error)}`, formatStack(error));
    }
  }
}
