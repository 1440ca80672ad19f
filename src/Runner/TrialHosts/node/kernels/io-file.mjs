/** `io.file`: writes a file, syncs it to disk and reads it back. On the event loop the calls are done by the threads of libuv's pool, which Node.js has four of. */

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, promises, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

import { numberOf } from './index.mjs';
import { patternedBuffer } from './shared/pattern.mjs';

let files = 0;

export function makeTask(params, scratch) {
  const { buffer, content, path } = prepare(params, scratch);
  return () => {
    const file = openSync(path, 'w+');
    try {
      for (let offset = 0; offset < buffer.length; ) {
        offset += writeSync(file, buffer, offset, buffer.length - offset, offset);
      }
      fsyncSync(file);
      let read = 0;
      for (let count = -1; count !== 0 && read < content.length; read += count) {
        count = readSync(file, content, read, content.length - read, read);
      }
      return resultOf(content, read);
    } finally {
      closeSync(file);
    }
  };
}

export function makeTaskAsync(params, scratch) {
  const { buffer, content, path } = prepare(params, scratch);
  return async () => {
    const file = await promises.open(path, 'w+');
    try {
      for (let offset = 0; offset < buffer.length; ) {
        offset += (await file.write(buffer, offset, buffer.length - offset, offset)).bytesWritten;
      }
      await file.sync();
      let read = 0;
      for (let count = -1; count !== 0 && read < content.length; read += count) {
        count = (await file.read(content, read, content.length - read, read)).bytesRead;
      }
      return resultOf(content, read);
    } finally {
      await file.close();
    }
  };
}

function prepare(params, scratch) {
  const buffer = patternedBuffer(numberOf(params, 'bytes'));
  return { buffer, content: Buffer.alloc(buffer.length), path: join(scratch, `file-${process.pid}-${threadId}-${files++}`) };
}

function resultOf(content, read) {
  return createHash('sha256').update(content.subarray(0, read)).digest().readBigUInt64BE(0);
}
