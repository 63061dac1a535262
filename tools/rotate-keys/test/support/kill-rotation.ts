import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '@mispriced/testing';
import type { RotationOptions } from '../../src/index.ts';
import type { KeyStack } from './key-stack.ts';

const script = fileURLToPath(new URL('killed-rotation.ts', import.meta.url));

/** One moment at which a process can be ended. */
export interface KillPoint {
  /** Which effect, counted from one. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Runs a rotation in a process of its own, ended where it is told; every word goes to `heard`. */
export async function rotateInProcess(
  stack: KeyStack,
  point: KillPoint | null,
  more: Partial<RotationOptions> = {},
): Promise<{ killed: boolean; effects: string[] }> {
  const options: RotationOptions = { ...stack.options, ...more };
  const child = spawn(process.execPath, [script, String(point?.at ?? ''), point?.when ?? ''], {
    env: {
      ...plainEnvironment(),
      ...stack.cloud.environment,
      NODE_OPTIONS: '',
      ROTATION_OPTIONS: JSON.stringify(options),
    },
  });
  const [out, error, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  stack.heard.push(out, error);
  const effects = out
    .split('\n')
    .filter((line) => line.startsWith('{"effect"'))
    .map((line) => (JSON.parse(line) as { effect: string }).effect);
  if (signal === 'SIGKILL') return { killed: true, effects };
  // One that is made to fail says so in the closed list of codes, and not by breaking down.
  if (code !== 0 && !/ROTATION_UN(DONE|FINISHED)/.test(error)) {
    throw new Error(`The rotation ended with ${String(code)}: ${error}`);
  }
  return { killed: false, effects };
}
