/** `sequential`: one task after the other on one thread; what all other strategies are compared with. */

import { PullingThreads } from './pulling-threads.mjs';

export function create(request, recorder, fail, book) {
  return new PullingThreads(request, recorder, fail, book, [[0]]);
}
