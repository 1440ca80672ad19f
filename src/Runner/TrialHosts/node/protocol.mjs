/** The trial protocol's framing: one request line in, length-prefixed records out. */

import { writeSync } from 'node:fs';
import { Socket } from 'node:net';

import { endTrial } from './ending.mjs';
import { TrialFailed } from './errors.mjs';

const VERSION = 1;
const [HELLO, READY, MEASURING, TASKS, ERROR, DONE, FAILED, WORKER] = [1, 2, 3, 4, 5, 6, 7, 8];
const HEADER_BYTES = 5;
const MAX_ERROR_BYTES = 8 * 1024;
const MAX_FAILED_BYTES = 64 * 1024;

/** The runner's side of the input: `line` is a promise of the request; the end of the input is told whenever it comes. */
export class Input {
  constructor(descriptor, onEnd) {
    const socket = new Socket({ fd: descriptor, readable: true, writable: false });
    this.line = new Promise((resolve) => {
      let text = [];
      socket.on('data', (piece) => {
        const end = text === null ? -1 : piece.indexOf(0x0a);
        text?.push(end < 0 ? piece : piece.subarray(0, end));
        if (end >= 0) {
          resolve(Buffer.concat(text).toString('utf8'));
          text = null; // what follows means nothing
        }
      });
    });
    for (const event of ['end', 'close', 'error']) {
      socket.on(event, onEnd);
    }
  }
}

/** Reads the request; `TrialFailed` says what is wrong with it. */
export function parseRequest(line) {
  let request;
  try {
    request = JSON.parse(line);
  } catch (error) {
    throw new TrialFailed(`the trial request is not JSON: ${error.message}`);
  }
  if (request?.protocol !== VERSION) {
    throw new TrialFailed(`the trial request is not of protocol version ${VERSION}`);
  }
  const missing = ['workload', 'strategy', 'workers', 'load', 'warmup', 'scratch'].filter((name) => request[name] === undefined);
  if (missing.length > 0) {
    throw new TrialFailed(`the trial request lacks ${missing.join(', ')}`);
  }
  if (!Number.isInteger(request.workers) || request.workers < 1 || request.workers > 0xffff) {
    throw new TrialFailed(`the trial request asks for ${request.workers} workers; 1 to 65535 are possible`);
  }
  return request;
}

/** The record stream to the runner; after `done` or `failed` it drops everything. */
export class Output {
  #descriptor;
  #closed = false;
  #frame = Buffer.allocUnsafe(64 * 1024);

  constructor(descriptor) {
    this.#descriptor = descriptor;
  }

  hello() {
    this.#sendJson(HELLO, { protocol: VERSION, runtime: 'node', version: process.versions.node });
  }

  /** `workers` holds `{ pid, tid }` of each, the worker's number being its position. */
  ready(at, workers) {
    this.#sendJson(READY, { at, workers: workers.map(({ pid, tid }, worker) => ({ worker, pid, tid })) });
  }

  measuring(at) {
    this.#sendJson(MEASURING, { at });
  }

  /** The bytes of whole task records, at most 4 MiB. */
  tasks(bytes) {
    this.#send(TASKS, bytes);
  }

  error({ index, worker, message, traceback }) {
    this.#send(ERROR, boundedJson({ index, worker, message, traceback }, 'traceback', MAX_ERROR_BYTES));
  }

  /** A worker was lost at `endedAt`, and `pid` with `tid` has its place. */
  worker({ at, endedAt, worker, pid, tid, lost, reason }) {
    this.#sendJson(WORKER, { at, endedAt, worker, pid, tid, lost, reason });
  }

  done(body) {
    this.#sendJson(DONE, body);
    this.#closed = true;
  }

  failed(message, detail) {
    this.#send(FAILED, boundedJson({ message: message.split(/\s+/).join(' ').trim(), detail }, 'detail', MAX_FAILED_BYTES));
    this.#closed = true;
  }

  #sendJson(type, body) {
    this.#send(type, encode(body));
  }

  #send(type, payload) {
    const length = HEADER_BYTES + payload.length;
    if (this.#frame.length < length) {
      this.#frame = Buffer.allocUnsafe(length);
    }
    this.#frame.writeUInt32LE(payload.length + 1, 0);
    this.#frame[4] = type;
    this.#frame.set(payload, HEADER_BYTES);
    this.#write(length);
  }

  #write(end) {
    for (let offset = 0; offset < end && !this.#closed; ) {
      try {
        offset += writeSync(this.#descriptor, this.#frame, offset, end - offset);
      } catch (error) {
        if (error.code !== 'EAGAIN') {
          endTrial(); // nobody listens any more
        }
      }
    }
  }
}

/** JSON in UTF-8. Times are BigInts, which JSON.stringify does not take and which a double need not hold. */
function encode(body) {
  const times = Object.entries(body).filter(([, value]) => typeof value === 'bigint').map(([name, value]) => `"${name}":${value}`);
  const rest = JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? undefined : value)).slice(1, -1);
  return Buffer.from(`{${[...times, ...(rest ? [rest] : [])].join(',')}}`, 'utf8');
}

/** Encodes `body`, with the middle of `field` left out where that is needed to stay within `limit` bytes. */
function boundedJson(body, field, limit) {
  const text = body[field];
  let payload = encode(body);
  for (let keep = limit; payload.length > limit && keep > 1; ) {
    keep = Math.floor((keep * 3) / 4);
    payload = encode({ ...body, [field]: `${text.slice(0, keep >> 1)}\n[…]\n${text.slice(-(keep >> 1))}` });
  }
  return payload;
}
