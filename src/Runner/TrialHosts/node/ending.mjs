/** How a trial ends: with its input, at once, and with everything that it started. */

import { readFileSync, readdirSync } from 'node:fs';

const KILL_MILLISECONDS = 2_000;

/** Ctrl-C reaches the whole process group: the runner decides what it means. */
export function ignoreInterrupts() {
  process.on('SIGINT', () => {});
}

/** Ends all that the trial started, then this process. Does not return: a worker thread that is in native code cannot be ended otherwise. */
export function endTrial() {
  try {
    killEverythingElse();
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}

function killEverythingElse() {
  const deadline = Date.now() + KILL_MILLISECONDS;
  let victims = findVictims();
  while (victims.length > 0 && Date.now() < deadline) {
    for (const pid of victims) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it ended by itself
      }
    }
    victims = findVictims();
  }
}

/** Living descendants of this process and, where it leads a process group, the group's other members. */
function findVictims() {
  const processes = readProcesses();
  const leads = processes.get(process.pid)?.group === process.pid;
  const isDescendant = (pid) => {
    for (let seen = 0; processes.has(pid) && seen < processes.size; seen++) {
      pid = processes.get(pid).parent;
      if (pid === process.pid) {
        return true;
      }
    }
    return false;
  };
  return [...processes].filter(([pid, { group }]) => pid !== process.pid && ((leads && group === process.pid) || isDescendant(pid))).map(([pid]) => pid);
}

/** Parent and process group of each process that is not a zombie. */
function readProcesses() {
  const processes = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(entry)) {
      continue;
    }
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
      const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z' && state !== 'X') {
        processes.set(Number(entry), { parent: Number(parent), group: Number(group) });
      }
    } catch {
      // it ended meanwhile
    }
  }
  return processes;
}
