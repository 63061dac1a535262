import { describe, expect, it } from 'vitest';
import { pairwiseCases } from './stack-kinds.ts';

const axes: Record<string, (one: (typeof pairwiseCases)[number]) => string> = {
  kind: ({ stackName }) => stackName,
  storage: ({ config }) => config['storageAuth'] ?? '',
  vault: ({ config }) => config['keyVaultAccess'] ?? '',
  delivery: ({ config }) => config['secretsDelivery'] ?? '',
};

describe('the chosen cases', () => {
  it('hold every pair of choices', () => {
    const names = Object.keys(axes);
    const missing: string[] = [];
    for (const first of names) {
      for (const second of names.slice(names.indexOf(first) + 1)) {
        const valuesOf = (axis: string) => [
          ...new Set(pairwiseCases.map((one) => axes[axis]?.(one))),
        ];
        for (const left of valuesOf(first)) {
          for (const right of valuesOf(second)) {
            const found = pairwiseCases.some(
              (one) => axes[first]?.(one) === left && axes[second]?.(one) === right,
            );
            if (!found) missing.push(`${first}=${String(left)} ${second}=${String(right)}`);
          }
        }
      }
    }
    expect(missing).toEqual([]);
  });
});
