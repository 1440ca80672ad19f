/** `cpu.primes`: finds the primes below a limit by trial division. */

import { numberOf } from './index.mjs';

const COUNT_FACTOR = 0x9e37_79b9_7f4a_7c15n;

export function makeTask(params) {
  const limit = numberOf(params, 'limit');
  return () => findPrimes(limit);
}

function findPrimes(limit) {
  let count = 0;
  let sum = 0; // below 2^53 for every limit up to 10^8
  if (limit > 2) {
    count = 1;
    sum = 2;
  }
  for (let candidate = 3; candidate < limit; candidate += 2) {
    if (isPrime(candidate)) {
      count++;
      sum += candidate;
    }
  }
  return BigInt.asUintN(64, BigInt(count) * COUNT_FACTOR + BigInt(sum));
}

function isPrime(candidate) {
  const root = Math.floor(Math.sqrt(candidate));
  for (let divisor = 3; divisor <= root; divisor += 2) {
    if (candidate % divisor === 0) {
      return false;
    }
  }
  return true;
}
