import { describe, expect, it } from 'vitest';
import { runCommand } from './support/run-command.ts';

describe('the commands of environments and secrets', () => {
  it.each([
    'up',
    'preview-changes',
    'outputs',
    'drift',
    'destroy',
    'secrets set',
    'secrets list',
    'bootstrap',
  ])('%s tells how it is used, with an example', async (name) => {
    const { exitCode, stdout } = await runCommand([...name.split(' '), '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Examples?:\n {2}mispriced /);
  });

  it.each([
    [['up']],
    [['up', '--stack', 'embedded']],
    [['up', '--stack', 'production']],
    [['up', '--stack', 'dev', '--fast']],
    [['up', '--stack', 'dev', '--target', 'moon']],
    [['up', '--stack', 'dev', '--config', 'schedule']],
    [['destroy', '--stack', 'dev']],
    [['bootstrap']],
    [['bootstrap', '--repository', 'me/mispriced', '--environments', 'moon']],
    [
      [
        'bootstrap',
        '--repository',
        'me/mispriced',
        '--environments',
        'dev',
        '--repository-ids',
        '1',
      ],
    ],
    [['secrets', 'list']],
    [['secrets', 'list', '--stack', 'embedded']],
    [['secrets', 'set', 'trading_api_key', 'a-value', '--stack', 'dev']],
    [['secrets', 'set', 'no_such_key', '--stack', 'dev']],
  ])('%j is wrong use, and prints one JSON value', async (args) => {
    const { exitCode, stdout, stderr } = await runCommand([...args, '--json']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CONFIG_INVALID' } });
    expect(stderr).not.toContain('    at ');
  });

  it('says how to start a local cloud that does not run', async () => {
    const environment = { MISPRICED_LOCAL_FOLDER: 'no-such-folder' };
    for (const args of [['up'], ['secrets', 'list'], ['config', 'check'], ['model', 'list']]) {
      const { exitCode, stderr } = await runCommand([...args, '--stack', 'local'], { environment });
      expect(exitCode).toBe(1);
      expect(stderr).toContain('npx mispriced local up');
    }
  });

  it('keeps the stack `local` on this machine', async () => {
    const { exitCode, stderr } = await runCommand(['up', '--stack=local', '--target=azure']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is on this machine, not in Azure');
  });
});
