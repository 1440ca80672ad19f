/**
 * The Node.js trial host: runs one trial of one experiment and reports it (docs/trial-protocol.md). A runner starts it as
 *
 *     sh -c 'exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>&2' node path/to/host.mjs
 *
 * because Node.js cannot move descriptors itself: requests come on descriptor 3 and records leave on 4, while a task that prints
 * ends up on standard error and one that reads finds the end of the input. Node.js 18 or newer, no package.
 *
 * This, the main thread, is the host: it watches the input and passes records on. Tasks run in worker threads or worker processes, so
 * that neither a task that never returns nor one that ends its thread keeps the host from its duties.
 */

import { now } from './clock.mjs';
import { endTrial, ignoreInterrupts } from './ending.mjs';
import { TrialFailed, describe, formatStack } from './errors.mjs';
import { FaultBook } from './faults.mjs';
import { phasesOf } from './load.mjs';
import { Input, Output, parseRequest } from './protocol.mjs';
import { Recorder } from './recording.mjs';
import { createStrategy } from './strategies/index.mjs';
import { loadWorkload } from './workload.mjs';

const REQUESTS = 3;
const RECORDS = 4;

ignoreInterrupts();
const output = new Output(RECORDS);
const recorder = new Recorder(output);
process.on('uncaughtException', fail);
conduct().catch(fail);

async function conduct() {
  output.hello();
  const input = new Input(REQUESTS, () => endTrial());
  const request = parseRequest(await input.line);
  const { warmup, load } = phasesOf(request);
  if (request.workload.kernel) {
    request.fixture = await (await loadWorkload(request)).makeFixture();
  }
  const book = new FaultBook(request);
  const strategy = await createStrategy(request, recorder, fail, book);

  output.ready(now(), await strategy.start());
  await strategy.run(warmup, () => {});

  const measured = await strategy.run(load, (at) => {
    output.measuring(at);
    recorder.start();
  });
  recorder.finish();
  output.done({
    at: measured.endedAt,
    tasks: recorder.tasks,
    errors: measured.errors,
    lost: recorder.lost,
    dropped: load.dropped,
    checksum: measured.checksum.toString(16).padStart(16, '0'),
    warnings: [...measured.warnings, ...recorder.warnings(), ...book.missed()],
  });
  // The workers stay, so that the runner can read their counters; the end of the input ends all.
}

/** Ends the trial; what was measured until now is kept. */
function fail(error) {
  recorder.drain();
  if (error instanceof TrialFailed) {
    output.failed(error.message, error.detail);
  } else {
    output.failed(`the Node.js trial host failed: ${describe(error)}`, formatStack(error));
  }
  endTrial();
}
