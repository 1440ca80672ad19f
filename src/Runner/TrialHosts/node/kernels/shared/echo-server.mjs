/**
 * The echo server of `io.tcp` and `io.unix-socket`, a program of its own: `node echo-server.mjs tcp` or `… PATH`. It prints its port or path when it listens, and ends with its
 * standard input. One process for each core serves the connections, which are shared out in turn, so that it is not the server that limits a few workers.
 */

import cluster from 'node:cluster';
import { createServer } from 'node:net';
import os from 'node:os';

const address = process.argv[2];

process.on('SIGINT', () => {}); // the runner decides what an interrupt means
if (cluster.isPrimary) {
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const cores = os.availableParallelism?.() ?? os.cpus().length;
  let listening = 0;
  cluster.on('listening', (_, { port }) => {
    if (++listening === cores) {
      process.stdout.write(`${address === 'tcp' ? port : address}\n`);
    }
  });
  for (let core = 0; core < cores; core++) {
    cluster.fork();
  }
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
  process.stdin.resume();
} else {
  const server = createServer({ noDelay: true }, serve);
  server.listen(address === 'tcp' ? { host: '127.0.0.1', port: 0 } : { path: address });
}

/** A message is sent back when all of it has come; the first 4 bytes, little-endian, say how long messages are. */
function serve(connection) {
  let message = null;
  let received = 0;
  connection.on('error', () => connection.destroy());
  connection.on('data', (piece) => {
    let from = 0;
    if (message === null) {
      message = Buffer.alloc(piece.readUInt32LE(0)); // 4 bytes are never cut in two on the way to a fresh connection
      from = 4;
    }
    while (from < piece.length) {
      const count = Math.min(piece.length - from, message.length - received);
      piece.copy(message, received, from, from + count);
      from += count;
      received += count;
      if (received === message.length) {
        received = 0;
        connection.write(Buffer.from(message));
      }
    }
  });
}
