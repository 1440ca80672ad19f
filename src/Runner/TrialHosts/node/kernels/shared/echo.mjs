/** The two sides of an echo: the server that the host starts, and the worker's connection to it. */

import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

import { patternedBuffer } from './pattern.mjs';

const PROGRAM = fileURLToPath(new URL('echo-server.mjs', import.meta.url));
const SIZE_FACTOR = 0x9e37_79b9_7f4a_7c15n;

/** Starts the server, which ends with its input, at `tcp` or at a path; gives the address that it listens at. */
export function startEchoServer(address) {
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, [PROGRAM, address], { stdio: ['pipe', 'pipe', 'inherit'] });
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`its echo server ended before it listened (exit code ${code})`)));
    server.stdout.once('data', (line) => resolve(address === 'tcp' ? { host: '127.0.0.1', port: Number(line) } : { path: address }));
  });
}

/** A task that sends a message of `size` bytes, which begins with the task's index, and waits until it is back. Node.js has no socket that blocks a thread. */
export async function makeEcho(address, size) {
  const message = patternedBuffer(size);
  const index8 = Buffer.alloc(8);
  const connection = await open(address, size);
  const answer = Buffer.alloc(size);
  let received = 0;
  let exchange = null;
  connection.on('data', (piece) => {
    piece.copy(answer, received);
    received += piece.length;
    if (received >= size) {
      exchange?.resolve();
    }
  });
  for (const event of ['error', 'close']) {
    connection.on(event, (error) => exchange?.reject(error instanceof Error ? error : new Error('the echo server closed the connection')));
  }

  return async (index) => {
    index8.writeUInt32LE(index >>> 0, 0);
    index8.writeUInt32LE(Math.floor(index / 2 ** 32), 4);
    index8.copy(message, 0, 0, Math.min(8, size));
    received = 0;
    await new Promise((resolve, reject) => {
      exchange = { resolve, reject };
      connection.write(message);
    });
    exchange = null;
    if (received !== size || !answer.equals(message)) {
      throw new Error('what the echo server sent back is not what was sent');
    }
    return BigInt.asUintN(64, BigInt(size) * SIZE_FACTOR + BigInt(index));
  };
}

/** The first thing on a connection is the size of its messages. */
function open(address, size) {
  return new Promise((resolve, reject) => {
    const connection = connect({ ...address, noDelay: true }, () => {
      const head = Buffer.alloc(4);
      head.writeUInt32LE(size);
      connection.write(head);
      connection.off('error', reject);
      resolve(connection);
    });
    connection.on('error', reject);
  });
}
