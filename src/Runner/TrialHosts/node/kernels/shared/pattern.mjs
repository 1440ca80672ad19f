/** The bytes that `cpu.sha256` hashes and `io.file` writes. */

/** `size` bytes with `buffer[i] = i mod 251`. */
export function patternedBuffer(size) {
  const buffer = Buffer.allocUnsafe(size);
  const first = Math.min(size, 251);
  for (let i = 0; i < first; i++) {
    buffer[i] = i;
  }
  for (let filled = first; filled < size; filled *= 2) {
    buffer.copy(buffer, filled, 0, Math.min(filled, size - filled)); // whole patterns: 251 times a power of 2
  }
  return buffer;
}
