import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const unknownBeginning = 'of an unknown beginning';

/**
 * What tells a process from every other one that ever has its number: when it began, and since which
 * start of the machine that is counted. Null where there is no such process, or only its remains.
 * Where nobody is told when a process began there is one answer for all that live.
 */
export function processIdentity(pid: number): string | null {
  if (!processExists(pid)) return null;
  return process.platform === 'linux' ? fromKernel(pid) : fromProcessList(pid);
}

/** Whether there is a process of that number, whoever's it is. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether a process that was known by that identity may still live. A process of that number about which
 * nothing more can be learned is taken for it: to call a living one dead would do harm.
 */
export function mayStillLive(pid: number, identity: string): boolean {
  const now = processIdentity(pid);
  return now !== null && (now === identity || [now, identity].includes(unknownBeginning));
}

function fromKernel(pid: number): string | null {
  const stat = textOf(`/proc/${pid}/stat`);
  const startOfMachine = textOf('/proc/sys/kernel/random/boot_id').trim();
  if (stat === '' || startOfMachine === '') return processExists(pid) ? unknownBeginning : null;
  // The name of the program, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticksAtStart] = [fields[0], fields[19]];
  if (state === undefined || ticksAtStart === undefined || state === 'Z') return null;
  return `${startOfMachine}:${ticksAtStart}`;
}

function fromProcessList(pid: number): string {
  try {
    const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const words = ['-o', 'lstart=', '-p', String(pid)];
    return execFileSync('ps', words, { env: environment, encoding: 'utf8' }).trim();
  } catch {
    return unknownBeginning;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
