import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from every other one that ever has its number: when it began, and since which
 * start of the machine that is counted. Null where there is no such process, or only its remains.
 * A system that tells nobody when a process began has one answer for all that live.
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

function fromKernel(pid: number): string | null {
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === '') return processExists(pid) ? fromProcessList(pid) : null;
  // The name of the program, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticksAtStart] = [fields[0], fields[19]];
  if (state === undefined || ticksAtStart === undefined || state === 'Z') return null;
  return `${textOf('/proc/sys/kernel/random/boot_id').trim()}:${ticksAtStart}`;
}

function fromProcessList(pid: number): string {
  try {
    const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const words = ['-o', 'lstart=', '-p', String(pid)];
    return execFileSync('ps', words, { env: environment, encoding: 'utf8' }).trim();
  } catch {
    return 'of an unknown beginning';
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
