/** `io.tcp`: sends a message over TCP to an echo server in a process of its own, and waits until it is back. */

import { numberOf } from './index.mjs';
import { makeEcho, startEchoServer } from './shared/echo.mjs';

export function makeFixture() {
  return startEchoServer('tcp');
}

export function makeTaskAsync(params, scratch, address) {
  return makeEcho(address, numberOf(params, 'bytes'));
}
