// A process that competes for a lock, again and again: `node contender.ts NAME`. It says in the log of
// the trial when it has the lock and when no longer; each line is one write, so that the log has them in
// the order in which they happened.
import { appendFileSync } from 'node:fs';
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises';
import { takeFileLock, type FileLock } from '../file-lock.ts';
import type { Trial } from './contenders.ts';

const name = process.argv[2] ?? '';

async function compete({ lockPath, logPath, dies }: Trial): Promise<void> {
  const lock = await take(lockPath);
  appendFileSync(logPath, `enter ${name}\n`);
  await sleep(1 + Math.random() * 3);
  appendFileSync(logPath, `${dies ? 'dies' : 'leave'} ${name}\n`);
  if (dies) process.kill(process.pid, 'SIGKILL');
  lock.release();
}

async function take(path: string): Promise<FileLock> {
  for (;;) {
    const lock = takeFileLock(path);
    if (lock !== null) return lock;
    await soon();
  }
}

process.on('message', (trial: Trial) => {
  void compete(trial).then(() => process.send?.('done'));
});
process.send?.('ready');
