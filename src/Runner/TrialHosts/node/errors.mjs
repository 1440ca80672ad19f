/** How errors are told: the error that ends a trial, and texts about what tasks throw. */

import { inspect } from 'node:util';

const OWN_FILES = new URL('.', import.meta.url).href;
const KERNELS = new URL('kernels/', import.meta.url).href;
const FRAME = /^ {4}at /;
const MESSAGE_CHARACTERS = 1_000;

const places = [];

/** From now on texts show these places, where the user's code was put, as `name`. */
export function showAs(name, addresses) {
  places.push(...addresses.map((address) => [address, name]));
}

/** A text with the places of the user's code by its name. */
export function hidePlaces(text) {
  return places.reduce((shown, [address, name]) => shown.replaceAll(address, name), text);
}

/** The trial cannot go on. `message` is one line for the user; `detail` may hold more, such as a stack. */
export class TrialFailed extends Error {
  constructor(message, detail = '') {
    super(message);
    this.detail = detail;
  }
}

/** What was thrown as `TypeError: what it says`, bounded in length; never throws, whatever it is. */
export function describe(error) {
  let text;
  try {
    if (error instanceof Error || (typeof error === 'object' && error !== null && typeof error.message === 'string')) {
      const name = String(error.name || 'Error');
      text = error.message ? `${name}: ${error.message}` : name;
    } else {
      text = `${inspect(error, { depth: 1, breakLength: Infinity })} was thrown, which is no Error`;
    }
  } catch (second) {
    text = `Error: <its text cannot be had: ${second?.name}>`;
  }
  text = hidePlaces(text);
  return text.length > MESSAGE_CHARACTERS ? text.slice(0, MESSAGE_CHARACTERS) : text;
}

/** The stack as Node.js prints it, up to the host's first frame, which called the task, and without those of Node.js itself. */
export function formatStack(error) {
  try {
    const stack = typeof error?.stack === 'string' ? error.stack : describe(error);
    const lines = stack.split('\n');
    const host = lines.findIndex((line) => FRAME.test(line) && line.includes(OWN_FILES) && !line.includes(KERNELS));
    const shown = host < 0 ? lines : lines.slice(0, host);
    return hidePlaces(shown.filter((line) => !(FRAME.test(line) && line.includes('node:internal/'))).join('\n'));
  } catch (second) {
    return `${describe(error)}\n(its stack cannot be had: ${describe(second)})`;
  }
}
