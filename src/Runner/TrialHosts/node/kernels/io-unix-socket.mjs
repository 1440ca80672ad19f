/** `io.unix-socket`: sends a message over a Unix domain socket to an echo server in a process of its own, and waits until it is back. */

import { join } from 'node:path';

import { numberOf } from './index.mjs';
import { makeEcho, startEchoServer } from './shared/echo.mjs';

let servers = 0;

export function makeFixture(params, scratch) {
  return startEchoServer(join(scratch, `echo-${servers++}.sock`));
}

export function makeTaskAsync(params, scratch, address) {
  return makeEcho(address, numberOf(params, 'bytes'));
}
