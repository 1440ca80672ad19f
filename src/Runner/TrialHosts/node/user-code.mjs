/**
 * The user's own code: `task(index, params)`, plain or asynchronous, and, where `async` is to run something else, `taskAsync(index, params)`. It is an ES module that exports
 * them, a CommonJS module that does, or a plain script that defines them.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { threadId } from 'node:worker_threads';

import { TrialFailed, describe, formatStack, hidePlaces, showAs } from './errors.mjs';

/** What only a module may hold makes V8 refuse a script with one of these. */
const MODULE_SYNTAX = /Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module|await is only valid in async functions/;

export class UserCode {
  #file;
  #task;
  #taskAsync;
  #params;

  /** Loads the code; `TrialFailed` says what is wrong with it, and in which line. */
  static async load({ language, file, source, params }, scratch) {
    if (language !== 'javascript') {
      throw new TrialFailed(`the Node.js trial host cannot run code in '${language}'`);
    }
    const name = basename(file || 'task.js');
    return new UserCode(name, await evaluate(name, source, scratch), params ?? {});
  }

  constructor(file, { task, taskAsync }, params) {
    this.#file = file;
    this.#params = params;
    for (const [name, value] of Object.entries({ task, taskAsync })) {
      if (value !== undefined && typeof value !== 'function') {
        throw new TrialFailed(`${file}: ${name} is not a function but ${value === null ? 'null' : typeof value}`);
      }
    }
    if (!task && !taskAsync) {
      throw new TrialFailed(`${file} defines neither task(index) nor taskAsync(index); a module has to export them`);
    }
    this.#task = task;
    this.#taskAsync = taskAsync;
  }

  makeTask(asynchronous) {
    const task = asynchronous ? this.#taskAsync ?? this.#task : this.#task ?? this.#taskAsync;
    const params = this.#params;
    return Object.keys(params).length > 0 ? (index) => task(index, params) : task;
  }

  /** `awaited` is whether a task returned a promise. */
  warnings(asynchronous, awaited) {
    if (asynchronous && !awaited) {
      return [`${this.#file}: async ran a task that returned no promise, which blocks the event loop.`];
    }
    return !asynchronous && !this.#task ? [`${this.#file} has no task(index): each worker awaited one taskAsync(index) after the other.`] : [];
  }
}

/** The code has to be a file to be loaded as Node.js loads code. Each thread and process writes its own, whose place errors do not show. */
async function evaluate(file, source, scratch) {
  const kind = kindOf(file, source);
  const path = join(scratch, `${process.pid}-${threadId}-${file.replace(/(\.[a-z]*)?$/i, `.${kind}`)}`);
  writeFileSync(path, kind === 'cjs' ? `${source}\n;${DEFINED}` : source);
  showAs(file, [pathToFileURL(path).href, path]);
  try {
    if (kind === 'cjs') {
      return definedIn(createRequire(path)(path));
    }
    return definedIn(await import(pathToFileURL(path)));
  } catch (error) {
    throw loadingFailed(file, error, error instanceof SyntaxError ? check(path) : '');
  }
}

/** What a script defines without exporting it. */
const DEFINED = `module.exports = { task: typeof task === 'undefined' ? module.exports.task : task, taskAsync: typeof taskAsync === 'undefined' ? module.exports.taskAsync : taskAsync };`;

/** A script, which may be a CommonJS module, unless it holds what only an ES module may. */
function kindOf(file, source) {
  try {
    compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: file });
    return 'cjs';
  } catch (error) {
    if (MODULE_SYNTAX.test(error.message)) {
      return 'mjs';
    }
    throw loadingFailed(file, error);
  }
}

function definedIn({ task, taskAsync }) {
  return { task, taskAsync };
}

/** What Node.js prints about a module that it cannot parse: the error itself does not know its line. */
function check(path) {
  return spawnSync(process.execPath, ['--check', path], { encoding: 'utf8' }).stderr ?? '';
}

/** A line of the code is named where the stack knows it: above the message of a syntax error, or in a frame. */
function loadingFailed(file, error, more = '') {
  const stack = hidePlaces(more) || formatStack(error);
  const line = new RegExp(`${file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}:([0-9]+)`).exec(stack)?.[1];
  return new TrialFailed(`${file}${line ? `, line ${line}` : ''}: ${describe(error).split('\n')[0]}`, stack);
}
