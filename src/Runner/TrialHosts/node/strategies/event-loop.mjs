/**
 * `async`: one thread with one event loop, and as many asynchronous functions as there are workers, which take the next index. Cooperative: a task
 * that never awaits keeps the loop to itself, so its function takes all tasks.
 */

import { PullingThreads } from './pulling-threads.mjs';

export function create(request, recorder, fail, book) {
  return new PullingThreads(request, recorder, fail, book, [Array.from({ length: request.workers }, (_, worker) => worker)], true);
}
