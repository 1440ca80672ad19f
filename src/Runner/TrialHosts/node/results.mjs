/** What tasks return, as unsigned 64-bit numbers, and their sum modulo 2^64. */

import { createHash } from 'node:crypto';

const TWO_32 = 2 ** 32;
const NORMALISE = 2 ** 52;

/** A sum modulo 2^64 in two halves, so that small results, which most are, cost no BigInt. */
export class Checksum {
  #low = 0;
  #high = 0;
  #big = 0n;

  add(value) {
    if (typeof value === 'number' && value >= 0 && value < TWO_32 && Number.isInteger(value)) {
      this.#low += value;
      if (this.#low >= NORMALISE) {
        this.#high += Math.floor(this.#low / TWO_32);
        this.#low %= TWO_32;
      }
    } else {
      this.#big = BigInt.asUintN(64, this.#big + (typeof value === 'bigint' ? value : asResult(value)));
    }
  }

  /** The sum, a BigInt. */
  get value() {
    return BigInt.asUintN(64, (BigInt(this.#high) << 32n) + BigInt(this.#low) + this.#big);
  }
}

/**
 * Whole numbers and booleans modulo 2^64; undefined and null 0; anything else the first 8 bytes of the SHA-256 of its bytes, its text, or
 * its JSON.
 */
export function asResult(value) {
  if (value === undefined || value === null) {
    return 0n;
  }
  if (typeof value === 'bigint' || typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value))) {
    return BigInt.asUintN(64, BigInt(value));
  }
  return createHash('sha256').update(bytesOf(value)).digest().readBigUInt64BE(0);
}

function bytesOf(value) {
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return value;
  }
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof ArrayBuffer) {
    return new Uint8Array(value);
  }
  return (typeof value === 'object' ? JSON.stringify(value) : undefined) ?? String(value);
}
