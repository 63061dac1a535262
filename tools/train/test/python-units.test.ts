import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estimators } from '../src/check-request.ts';
import { pythonFolder } from '../src/paths.ts';
import { runProcess } from '../src/run-process.ts';
import { pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';

const python = await pythonForTests();

describe('the Python package', patiently, () => {
  it.skipIf(python === null)('passes its own tests', async () => {
    const end = await runProcess({
      command: python?.python ?? '',
      arguments: ['-m', 'unittest', 'discover', '-b', '-s', 'tests', '-t', '.'],
      folder: pythonFolder,
      environment: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    expect(end.exitCode, end.standardError).toBe(0);
    expect(end.standardError).toMatch(/Ran (2\d|[3-9]\d) tests/);
  });

  it('knows the estimators that the launcher offers', async () => {
    const source = await readFile(join(pythonFolder, 'mispriced_train', 'estimators.py'), 'utf8');
    const names = [...source.matchAll(/EstimatorKind\(\s*"([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual([...estimators]);
  });
});
