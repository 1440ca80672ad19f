/** `memory.stream`: copies one buffer to another from the first byte to the last, as STREAM's copy does: the memory's bandwidth. One native copy. */

import { numberOf } from './index.mjs';

const PATTERN_WORDS = 8_192;
const SAMPLES = 16;

export function makeTask(params) {
  const words = numberOf(params, 'mebibytes') * 131_072;
  const source = new BigUint64Array(words);
  for (let word = 0; word < PATTERN_WORDS; word++) {
    source[word] = BigInt(word + 1) * 0x9e37_79b9_7f4a_7c15n;
  }
  for (let filled = PATTERN_WORDS; filled < words; filled *= 2) {
    source.copyWithin(filled, 0, Math.min(filled, words - filled));
  }
  const target = new BigUint64Array(words);
  const stride = Math.floor(words / SAMPLES);
  return (index) => {
    source[0] = BigInt(index);
    target.set(source);
    let sum = target[0];
    for (let sample = 1; sample < SAMPLES; sample++) {
      sum += target[sample * stride + sample];
    }
    return BigInt.asUintN(64, sum);
  };
}
