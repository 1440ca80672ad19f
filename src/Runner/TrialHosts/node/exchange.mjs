/**
 * One HTTP exchange after the other over a connection that is kept alive; the whole body is read. Redirects are not followed, no proxy is used and nothing is decompressed: one task is
 * one exchange with the server named in the URL. Node.js has no HTTP that blocks a thread: every strategy awaits the answer.
 */

import http from 'node:http';
import https from 'node:https';
import { getSystemErrorMap } from 'node:util';

import { checkedLookup, checkHost } from './network.mjs';

/** `exchange({ url, method, headers, body })` gives the status times 2^32 plus the number of bytes of the body, as it was sent. */
export class Exchanges {
  #timeout;
  #agents = new Map();
  #options;

  constructor({ timeoutMs, keepAlive = true, verifyCertificate = true }) {
    this.#timeout = timeoutMs;
    this.#options = { keepAlive, maxSockets: 1, rejectUnauthorized: verifyCertificate };
  }

  async exchange(request) {
    try {
      return await this.#send(request).catch((error) => {
        if (!error.wasReused) {
          throw error;
        }
        return this.#send(request); // the server had closed the idle connection: that is no error of this task
      });
    } catch (error) {
      throw Object.assign(new Error(`${request.method} ${request.url.href}: ${reasonOf(error)}`), { name: error.code ?? 'Error', code: error.code });
    }
  }

  #send({ url, method, headers, body }) {
    const client = url.protocol === 'https:' ? https : http;
    if (!this.#agents.has(client)) {
      this.#agents.set(client, new client.Agent(this.#options));
    }
    return new Promise((resolve, reject) => {
      let answered = false;
      checkHost(url);
      const request = client.request(url, { agent: this.#agents.get(client), method, headers, ...checkedLookup(url) }, (response) => {
        answered = true;
        let length = 0;
        response.on('data', (piece) => (length += piece.length));
        response.on('end', () => {
          clearTimeout(timer);
          resolve(response.statusCode * 2 ** 32 + length);
        });
        response.on('error', give);
      });
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${this.#timeout / 1000} s`)), this.#timeout);
      request.on('error', give);
      request.end(body);

      function give(error) {
        clearTimeout(timer);
        error.wasReused = request.reusedSocket && !answered && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(error);
      }
    });
  }
}

/** The address as a URL; a `RangeError` says what is wrong with it. */
export function parseUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    url = null;
  }
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new RangeError(text === undefined ? "the parameter 'url' is missing" : `url '${text}' is not an http:// or https:// address`);
  }
  return url;
}

function reasonOf(error) {
  if (error.message === 'aborted') {
    return 'the server closed the connection before its answer was complete';
  }
  // Where a name has several addresses, the error holds one for each.
  const errno = error.errno ?? error.errors?.[0]?.errno;
  return getSystemErrorMap().get(errno)?.[1] ?? (error.message || error.code);
}
