/**
 * `cpu.pi`: estimates pi by random points in a square (Monte Carlo), with splitmix64 as the generator, in halves of 32 bits: a BigInt for each
 * step would be fifty times as slow.
 *
 * Sebastiano Vigna's splitmix64: https://prng.di.unimi.it/splitmix64.c
 */

import { numberOf } from './index.mjs';

const RADIUS_SQUARED = 2 ** 62;
const DOUBT = 2 ** 11; // more than what rounding the two squares and their sum can be off

export function makeTask(params) {
  const points = numberOf(params, 'points');
  const seed = BigInt(Math.trunc(numberOf(params, 'seed')));
  return (index) => {
    const state = BigInt.asUintN(64, seed + BigInt(index));
    return countInside(points, Number(state >> 32n), Number(state & 0xffff_ffffn));
  };
}

function countInside(points, high, low) {
  let inside = 0;
  for (let point = 0; point < points; point++) {
    // s += 0x9E3779B97F4A7C15
    const sum = low + 0x7f4a_7c15;
    low = sum >>> 0;
    high = (high + 0x9e37_79b9 + (sum > 0xffff_ffff ? 1 : 0)) >>> 0;
    // z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9
    let zLow = (low ^ ((high << 2) | (low >>> 30))) >>> 0;
    let zHigh = (high ^ (high >>> 30)) >>> 0;
    zHigh = (multiplyHigh(zLow, 0x1ce4, 0xe5b9) + Math.imul(zLow, 0xbf58_476d) + Math.imul(zHigh, 0x1ce4_e5b9)) >>> 0;
    zLow = Math.imul(zLow, 0x1ce4_e5b9) >>> 0;
    // z = (z ^ z >> 27) * 0x94D049BB133111EB
    zLow = (zLow ^ ((zHigh << 5) | (zLow >>> 27))) >>> 0;
    zHigh = (zHigh ^ (zHigh >>> 27)) >>> 0;
    zHigh = (multiplyHigh(zLow, 0x1331, 0x11eb) + Math.imul(zLow, 0x94d0_49bb) + Math.imul(zHigh, 0x1331_11eb)) >>> 0;
    zLow = Math.imul(zLow, 0x1331_11eb) >>> 0;
    // z ^= z >> 31
    zLow = (zLow ^ ((zHigh << 1) | (zLow >>> 31))) >>> 0;
    zHigh = (zHigh ^ (zHigh >>> 31)) >>> 0;

    const x = zHigh >>> 1;
    const y = zLow & 0x7fff_ffff;
    const distance = x * x + y * y;
    if (distance < RADIUS_SQUARED - DOUBT || (distance < RADIUS_SQUARED + DOUBT && isInside(x, y))) {
      inside++;
    }
  }
  return inside;
}

/** The upper 32 bits of an unsigned 32-bit number times another that comes in halves of 16 bits. */
function multiplyHigh(number, high, low) {
  const numberHigh = number >>> 16;
  const numberLow = number & 0xffff;
  const first = (Math.imul(numberHigh, low) >>> 0) + (Math.imul(numberLow, low) >>> 16);
  const second = (Math.imul(numberLow, high) >>> 0) + (first & 0xffff);
  return Math.imul(numberHigh, high) + (first >>> 16) + (second >>> 16);
}

function isInside(x, y) {
  return BigInt(x) * BigInt(x) + BigInt(y) * BigInt(y) < 1n << 62n;
}
