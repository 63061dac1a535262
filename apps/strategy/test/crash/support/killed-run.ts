/**
 * A run in a process of its own that ends itself with SIGKILL at one moment of one effect: nothing
 * is flushed, released or caught. It is told which on its command line, and what it trades by its
 * environment. Its effects and its summary are lines of JSON on standard output.
 */
import { writeSync } from 'node:fs';
import { runOnce } from './run-once.ts';

const [slot = '', killAt = '', killWhen = ''] = process.argv.slice(2);

function say(value: object): void {
  writeSync(1, `${JSON.stringify(value)}\n`);
}

const summary = await runOnce({
  settings: process.env,
  slot: new Date(slot),
  listen: async (effect, moment) => {
    if (moment === 'before') say({ effect });
    if (String(effect.number) !== killAt || moment !== killWhen) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
});
say({ summary });
