import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MispricedError } from '@mispriced/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRequest, estimators } from './check-request.ts';
import { defaultFeaturesPath } from './paths.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-request-'));
  await writeFile(join(folder, 'loans.csv'), 'a\n');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function request(changes: object = {}): Parameters<typeof checkRequest>[0] {
  return {
    dataPath: join(folder, 'loans.csv'),
    ownDataPaths: [],
    featuresPath: defaultFeaturesPath,
    issuedBefore: '2010-07-01',
    label: 'charged-off-with-hindsight',
    estimator: 'gradient-boosting',
    ...changes,
  };
}

async function refused(changes: object): Promise<MispricedError> {
  const error: unknown = await checkRequest(request(changes)).catch((thrown: unknown) => thrown);
  if (error instanceof MispricedError) return error;
  throw new Error('It was not refused.');
}

describe('checkRequest', () => {
  it('lets a sound request pass, with every estimator and label', async () => {
    for (const estimator of estimators) await checkRequest(request({ estimator }));
    await checkRequest(request({ label: 'charged-off-within-18-months' }));
  });

  it('says every mistake at once', async () => {
    const error = await refused({
      dataPath: join(folder, 'none.csv'),
      ownDataPaths: [join(folder, 'nor-this.csv')],
      issuedBefore: '2010-02-30',
      label: 'charged-off-soon',
      estimator: 'random-forest',
    });
    expect(error.message).toContain('There are 5 problems');
    expect(error.message).toContain('"2010-02-30"');
    expect(error.message).toContain('charged-off-soon');
    expect(error.message).toContain('random-forest');
    expect(error.message).toContain('none.csv');
    expect(error.message).toContain('nor-this.csv');
    expect(error.fix).toContain('5. ');
  });

  it('names what is wrong in a feature declaration', async () => {
    const featuresPath = join(folder, 'features.yaml');
    await writeFile(featuresPath, 'format: 1\nname: Bad Name\n');
    const wrong = await refused({ featuresPath });
    expect(wrong.code).toBe('FEATURES_INVALID');
    expect(wrong.message).toContain('features.yaml');
    expect(wrong.message).toContain('price');
    await writeFile(featuresPath, 'format: [1\n');
    expect((await refused({ featuresPath })).message).toContain('is not YAML');
    const missing = await refused({ featuresPath: join(folder, 'none.yaml') });
    expect(missing.code).toBe('FEATURES_INVALID');
  });
});
