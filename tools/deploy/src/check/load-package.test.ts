import { describe, expect, it } from 'vitest';
import { smallApp, soundFunctions } from '../../test/small-app.ts';
import { loadPackage } from './load-package.ts';

const expected = ['daily-trade', 'status'];

async function problemsOf(
  code: string,
  more?: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const files = await smallApp(code, more);
  const { problems } = await loadPackage({ files, expected });
  return problems.map(({ message }) => message);
}

describe('loadPackage', () => {
  it('finds nothing wrong with a sound app', async () => {
    const { problems, functions } = await loadPackage({
      files: await smallApp(soundFunctions),
      expected,
    });
    expect(problems).toEqual([]);
    expect(functions.map(({ name }) => name)).toEqual(expected);
  });

  it('refuses an app that throws while it loads, and says what and where', async () => {
    const [message = ''] = await problemsOf(`${soundFunctions}; throw new Error('no such table');`);
    expect(message).toContain('The packed app does not load');
    expect(message).toContain('no such table');
    expect(message).toContain('main.mjs');
  });

  it('refuses an app that reaches for a file of the repository', async () => {
    const [message = ''] = await problemsOf(
      `import { readFileSync } from 'node:fs'; readFileSync('../../config/defaults.yaml'); ${soundFunctions}`,
    );
    expect(message).toContain('ENOENT');
  });

  it('names a function that is missing and one that is too many', async () => {
    expect(await problemsOf(soundFunctions.replace("'daily-trade'", "'daily_trade'"))).toEqual([
      'The function daily-trade did not register, though the app has a file for it.',
      'The function daily_trade registered, and the app has no file of that name.',
    ]);
  });

  it('refuses a schedule that is none', async () => {
    const [message = '', ...more] = await problemsOf(
      soundFunctions.replace('15 * * *', '25 * * 9'),
    );
    expect(message).toContain("The 'daily-trade' function is in error");
    expect(more).toEqual([]);
  });

  it('refuses a broken host.json', async () => {
    const [message = ''] = await problemsOf(soundFunctions, { 'host.json': '{"version":"1.0"}' });
    expect(message).toContain('host.json is invalid');
  });

  it('says when the model library is not in the package', async () => {
    const { problems } = await loadPackage({
      files: await smallApp(soundFunctions),
      expected,
      modelFile: 'none.onnx',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain("Cannot find module 'onnxruntime-node'");
  });
});
