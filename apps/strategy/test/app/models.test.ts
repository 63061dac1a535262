import {
  createModelRegistry,
  loadModel,
  type ModelRegistry,
  type ObjectStore,
} from '@mispriced/core';
import { loadConfig, readTextsIn } from '@mispriced/config';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { readStatus } from '../../src/status/read-status.ts';
import { statusPage } from '../../src/status/status-page.ts';
import { craftLoans, limits, openMarket, slot } from '../crash/support/crafted-market.ts';
import { settingsOf } from '../crash/support/prove-kill.ts';
import { runOnce, workspaceRoot } from '../crash/support/run-once.ts';
import { openBlobStack } from '../crash/support/trading-stack.ts';
import { brokenModels, demoModel, modelName, placeModel, spoilt } from './support/broken-models.ts';

const stage = 'embedded';
const crafted = await craftLoans();
const blobs = await openBlobStack(crafted.generated);
const now = (): Date => new Date();
const registryOver = (objects: ObjectStore): ModelRegistry => createModelRegistry({ objects, now });
const registry = registryOver(blobs.objects);
const good = (JSON.parse((await demoModel()).manifestText) as { version: string }).version;

afterAll(() => blobs.close());

describe('a new live model', () => {
  it.each(brokenModels)('%s: the run uses the older one and says so', async (what, make) => {
    const [code = ''] = what.split(':');
    const bundle = await make();
    await expect(loadModel({ bundle, where: what })).rejects.toMatchObject({ code });
    const version = await placeModel(blobs.objects, bundle);
    await registry.promote({ name: modelName, version, stage });
    onTestFinished(async () => {
      await registry.rollback({ name: modelName, stage });
    });
    const strategy = `model-${version}`;
    const market = await openMarket(crafted.loans);
    onTestFinished(() => market.close());
    const settings = settingsOf(blobs, market.settings, strategy);

    const summary = await runOnce({ settings, slot });
    expect(summary).toMatchObject({ status: 'traded', bought: limits.orders });
    expect(summary.model).toEqual({ name: modelName, version: good });
    const report = await blobs.objects.read('runs', `${summary.runId}/report.html`);
    const told = new TextDecoder().decode(report?.bytes);
    expect(told).toContain('The live model was not used');
    expect(told).toContain(`Version ${good}, which was live before, stands in`);

    const status = await readStatus({
      load: () =>
        loadConfig({ stage, readText: readTextsIn(workspaceRoot), environment: settings }),
      now,
    });
    const health = status.health.find(({ name }) => name.startsWith('model'));
    expect(health?.detail).toContain('The live model was not used');
    expect(statusPage(status)).toContain(`Version ${good}, which was live before, stands in`);
  });
});

describe('promote and rollback', () => {
  it('take less than a second each', async () => {
    const bundle = await spoilt('2010-03-01-quick', () => ({}));
    await registry.publish(bundle);
    const durations: number[] = [];
    for (const work of [
      () => registry.promote({ name: modelName, version: '2010-03-01-quick', stage }),
      () => registry.rollback({ name: modelName, stage }),
    ]) {
      const begun = performance.now();
      await work();
      durations.push(performance.now() - begun);
    }
    expect(Math.max(...durations)).toBeLessThan(1000);
    expect((await registry.live(modelName, stage))?.value.version).toBe(good);
  });

  it('of two promotions at once let one win and tell the other', async () => {
    for (const version of ['2010-03-02-first', '2010-03-02-second']) {
      await registry.publish(await spoilt(version, () => ({})));
    }
    const waiting: (() => void)[] = [];
    // Both read the pointer before either moves it.
    const objects: ObjectStore = {
      ...blobs.objects,
      read: async (container, path) => {
        const stored = await blobs.objects.read(container, path);
        if (!path.includes('/live-')) return stored;
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) for (const release of waiting) release();
        });
        return stored;
      },
    };
    const settled = await Promise.allSettled(
      ['2010-03-02-first', '2010-03-02-second'].map((version) =>
        registryOver(objects).promote({ name: modelName, version, stage }),
      ),
    );
    const won = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const lost = settled.flatMap((each) =>
      each.status === 'rejected' ? [each.reason as unknown] : [],
    );
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([{ code: 'STORE_CONFLICT' }]);
    const live = await registry.live(modelName, stage);
    expect(live?.value.version).toBe(won[0]?.version);
    expect(live?.value.previous[0]).toBe(good);
    await registry.rollback({ name: modelName, stage });
  });
});
