// Runs each row of kernel-answers.json in the host's kernels, blocking and asynchronous: node run-kernels.mjs HOST ANSWERS SCRATCH. Prints a list of results.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [host, answers, scratch] = process.argv.slice(2);
const { loadKernel } = await import(pathToFileURL(`${host}/kernels/index.mjs`));
const { asResult } = await import(pathToFileURL(`${host}/results.mjs`));
const rows = [];
for (const { kernel, params, index } of JSON.parse(readFileSync(answers, 'utf8'))) {
  const module = await loadKernel(kernel).catch(() => ({}));
  const results = [];
  for (const make of [module.makeTask, module.makeTaskAsync]) {
    if (make) {
      const request = { strategy: 'threads' };
      results.push(asResult(await (await make(params, scratch, await module.makeFixture?.(params, scratch, request)))(index)).toString(16).padStart(16, '0'));
    }
  }
  rows.push({ kernel, results });
}
process.stdout.write(JSON.stringify(rows), () => process.exit());
