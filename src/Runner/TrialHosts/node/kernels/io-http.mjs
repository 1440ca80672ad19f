/** `io.http`: fetches a URL with GET over a connection that each worker keeps alive, and reads the whole body. */

import { Exchanges, parseUrl } from '../exchange.mjs';

const TIMEOUT_MILLISECONDS = 30_000;

export function makeTaskAsync(params) {
  const request = { url: parseUrl(params.url), method: 'GET', headers: { 'accept-encoding': 'identity' } };
  const exchanges = new Exchanges({ timeoutMs: TIMEOUT_MILLISECONDS });
  return () => exchanges.exchange(request);
}
