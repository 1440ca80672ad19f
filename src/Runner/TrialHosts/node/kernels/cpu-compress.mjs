/** `cpu.compress`: compresses a text with zlib at level 6, decompresses it and hashes what came back; native code. */

import { createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';

import { numberOf } from './index.mjs';

/** Twice what zlib looks back: a repeated block is new to it. */
const BLOCK_BYTES = 65_536;

export function makeTask(params) {
  const size = numberOf(params, 'bytes');
  const text = textOf(size);
  return () => {
    const compressed = deflateSync(text, { level: 6 });
    if (size >= 1024 && compressed.length >= size) {
      throw new Error(`${size} bytes of text were compressed to ${compressed.length}: not less`);
    }
    const content = inflateSync(compressed);
    if (content.length !== size) {
      throw new Error(`${content.length} bytes came back of the ${size} that were compressed`);
    }
    return createHash('sha256').update(content).digest().readBigUInt64BE(0);
  };
}

/** Words of 3 to 8 letters out of 256, drawn by a linear congruential generator and separated by blanks; after 64 KiB it begins anew. */
function textOf(size) {
  const words = Array.from({ length: 256 }, (_, word) => String.fromCharCode(...Array.from({ length: 3 + (word % 6) }, (_, place) => 97 + ((word * 7 + place * 11) % 26))));
  let block = '';
  for (let state = 1; block.length < BLOCK_BYTES; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    block += `${words[state >>> 24]} `;
  }
  return Buffer.alloc(size, Buffer.from(block.slice(0, BLOCK_BYTES), 'latin1'));
}
