import { describe, expect, it } from 'vitest';
import { refusalOf } from './node-version.mjs';

describe('refusalOf', () => {
  it.each(['18.20.4', '20.20.2', '22.0.0', '22.17.1'])('refuses %s in one sentence', (version) => {
    expect(refusalOf(version)).toContain(`needs Node 22.18 or newer, and this is ${version}`);
  });

  it.each(['22.18.0', '22.21.1', '23.0.0', '24.21.0', '26.1.0'])('lets %s run', (version) => {
    expect(refusalOf(version)).toBeNull();
  });
});
