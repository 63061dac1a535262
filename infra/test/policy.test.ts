import { describe, expect, it } from 'vitest';
import { findingsOf } from '../policy/rules.ts';
import { recordProgram } from './record-program.ts';
import { pairwiseCases, settingsOf } from './stack-kinds.ts';

/** The rules hold here too, for where the engine cannot load a policy pack. */
describe('every stack kind and mode', () => {
  it.each(pairwiseCases)('keeps every rule: $stackName $config', async ({ stackName, config }) => {
    const { resources } = await recordProgram(settingsOf(stackName, config));
    expect(resources.length).toBeGreaterThan(20);
    expect(findingsOf(stackName, resources)).toEqual([]);
  });

  it('keeps every rule where prod trades with real money', async () => {
    const { resources } = await recordProgram(settingsOf('prod', { liveTrading: 'true' }));
    expect(findingsOf('prod', resources)).toEqual([]);
  });
});
