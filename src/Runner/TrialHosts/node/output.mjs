/** What tasks print, in worker threads and worker processes: written to standard error at once, with no buffer that could grow. */

import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';

const STANDARD_ERROR = 2;

/** Replaces process.stdout and process.stderr, and with them what console writes to. */
export function divertOutput() {
  for (const name of ['stdout', 'stderr']) {
    const stream = new Writable({ decodeStrings: true, write: (bytes, _, done) => done(writeAll(bytes)) });
    stream.fd = STANDARD_ERROR;
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true, writable: true });
  }
}

function writeAll(bytes) {
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(STANDARD_ERROR, bytes, offset);
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        return null; // nobody reads it: that is no error of the task
      }
    }
  }
  return null;
}
