import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensurePythonEnvironment } from '@mispriced/train';

/** Runs a script of `test/python` in the trainer's environment: JSON in, JSON out. */
export async function runPython(script: string, input: unknown): Promise<unknown> {
  const { python } = await ensurePythonEnvironment();
  const path = fileURLToPath(new URL(`../python/${script}`, import.meta.url));
  const child = spawn(python, [path], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  child.stdin.end(JSON.stringify(input));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (exitCode !== 0) throw new Error(`${script} ended with ${String(exitCode)}`);
  return JSON.parse(output);
}
