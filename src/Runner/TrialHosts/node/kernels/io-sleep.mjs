/** `io.sleep`: waits for a given time and uses no processor. A thread blocks; the event loop sets a timer, whose steps are 1 ms. */

import { numberOf } from './index.mjs';
import { pause, pauseAsync } from './shared/waiting.mjs';

export function makeTask(params) {
  const milliseconds = numberOf(params, 'milliseconds');
  return () => {
    pause(milliseconds);
    return 0;
  };
}

export function makeTaskAsync(params) {
  const milliseconds = numberOf(params, 'milliseconds');
  return async () => {
    await pauseAsync(milliseconds);
    return 0;
  };
}
