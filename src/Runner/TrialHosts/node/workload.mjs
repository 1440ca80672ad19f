/** What one task does: a built-in kernel, or the user's own code. */

import { TrialFailed, describe, formatStack } from './errors.mjs';
import { loadKernel } from './kernels/index.mjs';

/**
 * The workload of a trial request; `TrialFailed` says what is wrong with it. It has `makeTask(asynchronous)`, which is called once for each worker, in
 * its thread or process, and gives the worker's own `task(index)`; and `warnings(asynchronous, awaited)` about how it was run.
 */
export async function loadWorkload(request) {
  const { kernel, params, code } = request.workload;
  if (kernel) {
    return new KernelWorkload(kernel, await loadKernel(kernel), params ?? {}, request.scratch);
  }
  if (code) {
    const { UserCode } = await import('./user-code.mjs');
    return UserCode.load(code, request.scratch);
  }
  throw new TrialFailed('the workload has neither a kernel nor code');
}

class KernelWorkload {
  #name;
  #module;
  #params;
  #scratch;

  constructor(name, module, params, scratch) {
    this.#name = name;
    this.#module = module;
    this.#params = params;
    this.#scratch = scratch;
  }

  /** A kernel that can wait in both ways blocks its thread, unless it is asked for the other. */
  async makeTask(asynchronous) {
    const { makeTask, makeTaskAsync } = this.#module;
    const make = asynchronous ? makeTaskAsync ?? makeTask : makeTask ?? makeTaskAsync;
    try {
      return make(this.#params, this.#scratch);
    } catch (error) {
      throw new TrialFailed(`${this.#name}: ${error instanceof RangeError ? error.message : describe(error)}`, formatStack(error));
    }
  }

  warnings() {
    return [];
  }
}
