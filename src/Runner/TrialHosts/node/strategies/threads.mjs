/** `threads`: worker threads (`node:worker_threads`) that each take the next index from shared memory when they are free. */

import { PullingThreads } from './pulling-threads.mjs';

export function create(request, recorder, fail, book) {
  return new PullingThreads(request, recorder, fail, book, Array.from({ length: request.workers }, (_, worker) => [worker]));
}
