/** The workload `http`: one exchange for each task; `{index}` in the address, a header or the body stands for the task's index. */

import { TrialFailed } from './errors.mjs';
import { Exchanges, parseUrl } from './exchange.mjs';

const INDEX = '{index}';

export class HttpWorkload {
  #http;

  constructor(http) {
    this.#http = http;
    if (http.version !== '1.1') {
      throw new TrialFailed(`http: HTTP/${http.version} is not possible in Node.js here, whose client speaks HTTP/1.1; use version 1.1, or the runtime dotnet`);
    }
    if (!http.url.includes(INDEX)) {
      this.#parse(http.url);
    }
  }

  makeFixture() {
    return null;
  }

  makeTask() {
    const http = this.#http;
    const exchanges = new Exchanges(http);
    const fixed = http.url.includes(INDEX) ? null : this.#parse(http.url);
    const { expectStatus: expected, method } = http;
    return async (index) => {
      const url = fixed ?? parseUrl(fill(http.url, index));
      const body = http.body === undefined || http.body === null ? undefined : Buffer.from(fill(http.body, index));
      const result = await exchanges.exchange({ url, method, headers: headersOf(http, index, body), body });
      const status = Math.floor(result / 2 ** 32);
      if (expected !== undefined && expected !== null && status !== expected) {
        throw Object.assign(new Error(`${method} ${url.href} answered with status ${status}; ${expected} was expected`), { name: 'HttpError' });
      }
      return result;
    };
  }

  warnings() {
    return [];
  }

  #parse(text) {
    try {
      return parseUrl(text);
    } catch (error) {
      throw new TrialFailed(`http: ${error.message}`);
    }
  }
}

/** What the user says, and what a request needs beside it. */
function headersOf({ headers, method }, index, body) {
  const filled = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), fill(value, index)]));
  const needed = { 'accept-encoding': 'identity' };
  if (body || ['POST', 'PUT', 'PATCH'].includes(method)) {
    needed['content-length'] = body?.length ?? 0;
  }
  return { ...needed, ...filled };
}

function fill(text, index) {
  return text.replaceAll(INDEX, index);
}
