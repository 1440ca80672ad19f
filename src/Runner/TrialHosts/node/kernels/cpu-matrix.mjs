/** `cpu.matrix`: multiplies two square matrices of whole numbers. */

import { numberOf } from './index.mjs';

export function makeTask(params) {
  const size = numberOf(params, 'size');
  const left = matrix(size, (row, column) => (row * 31 + column * 17 + 1) % 97);
  const right = matrix(size, (row, column) => (row * 13 + column * 29 + 2) % 89);
  const columns = new Int32Array(size * size);
  return () => {
    transpose(right, columns, size);
    let sum = 0n;
    for (let row = 0; row < size; row++) {
      sum += BigInt(sumOfRow(left, columns, size, row));
    }
    return sum;
  };
}

function matrix(size, element) {
  return Int32Array.from({ length: size * size }, (_, position) => element(Math.floor(position / size), position % size));
}

function transpose(from, to, size) {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      to[column * size + row] = from[row * size + column];
    }
  }
}

/** One row of the product, each element times its position, so that elements in the wrong place are noticed: below 2^53 for a row of 1,000. */
function sumOfRow(left, columns, size, row) {
  let sum = 0;
  const first = row * size;
  for (let column = 0; column < size; column++) {
    const other = column * size;
    let element = 0;
    for (let i = 0; i < size; i++) {
      element = (element + Math.imul(left[first + i], columns[other + i])) | 0;
    }
    sum += element * (first + column + 1);
  }
  return sum;
}
