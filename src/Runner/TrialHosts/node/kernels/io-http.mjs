/**
 * `io.http`: fetches a URL with GET over a connection that each worker keeps alive, and reads the whole body. Redirects are not
 * followed and no proxy is used: one task is one exchange with the server named in the URL. Node.js has no HTTP that blocks a thread: every strategy
 * awaits the answer.
 */

import http from 'node:http';
import https from 'node:https';
import { getSystemErrorMap } from 'node:util';

const TIMEOUT_MILLISECONDS = 30_000;

export function makeTaskAsync(params) {
  const url = parse(params.url);
  const client = url.protocol === 'https:' ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets: 1 });

  return async () => {
    try {
      return await fetch(client, agent, url).catch((error) => {
        if (!error.wasReused) {
          throw error;
        }
        return fetch(client, agent, url); // the server had closed the idle connection: that is no error of this task
      });
    } catch (error) {
      throw Object.assign(new Error(`GET ${params.url}: ${reasonOf(error)}`), { name: error.code ?? 'Error', code: error.code });
    }
  };
}

function parse(text) {
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

/** The status times 2^32 plus the number of bytes of the body, as it was sent. */
function fetch(client, agent, url) {
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = client.get(url, { agent, headers: { 'accept-encoding': 'identity' } }, (response) => {
      answered = true;
      let length = 0;
      response.on('data', (piece) => (length += piece.length));
      response.on('end', () => {
        clearTimeout(timer);
        resolve(response.statusCode * 2 ** 32 + length);
      });
      response.on('error', give);
    });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${TIMEOUT_MILLISECONDS / 1000} s`)), TIMEOUT_MILLISECONDS);
    request.on('error', give);

    function give(error) {
      clearTimeout(timer);
      error.wasReused = request.reusedSocket && !answered && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(error);
    }
  });
}

function reasonOf(error) {
  if (error.message === 'aborted') {
    return 'the server closed the connection before its answer was complete';
  }
  // Where a name has several addresses, the error holds one for each.
  const errno = error.errno ?? error.errors?.[0]?.errno;
  return getSystemErrorMap().get(errno)?.[1] ?? (error.message || error.code);
}
