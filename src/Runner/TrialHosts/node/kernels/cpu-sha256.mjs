/** `cpu.sha256`: hashes a buffer and the task's index, in OpenSSL. */

import { createHash } from 'node:crypto';

import { numberOf } from './index.mjs';
import { patternedBuffer } from './shared/pattern.mjs';

export function makeTask(params) {
  const buffer = patternedBuffer(numberOf(params, 'bytes'));
  const tail = Buffer.alloc(8);
  return (index) => {
    tail.writeUInt32LE(index >>> 0, 0);
    tail.writeUInt32LE(Math.floor(index / 2 ** 32), 4);
    return createHash('sha256').update(buffer).update(tail).digest().readBigUInt64BE(0);
  };
}
