import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const command = fileURLToPath(new URL('../src/command.ts', import.meta.url));

async function run(parameters: string[]) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [command, ...parameters], { env: { PATH } });
  const [stdout, stderr, ended] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, code: ended[0] as number };
}

describe('the command', () => {
  it('tells how it is used', async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('npx nx up infra --stack=dev');
  });

  it.each([[[]], [['up']], [['fly', '--stack=dev']], [['up', '--stack=dev', '--fast']]])(
    'answers 2 to %j',
    async (parameters) => {
      const { code, stdout, stderr } = await run(parameters);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('Usage:');
    },
  );

  it('says in sentences what is wrong', async () => {
    const unknown = await run(['up', '--stack=production']);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('dev, staging, prod, local, or pr-N');
    const lost = await run(['up', '--stack=local']);
    expect(lost.stderr).toContain('npx mispriced local up');
    expect(lost.stderr).not.toContain('    at ');
  });
});
