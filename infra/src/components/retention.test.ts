import { describe, expect, it } from 'vitest';
import { settingsOf, stackNames } from '../../test/stack-kinds.ts';
import { lifecycleRules } from './retention.ts';

const sha256 = 'a'.repeat(64);

/** What must still be there however old it is, and how it is stored. */
const kept: [string, string][] = [
  ['packages/releases/demo.jsonl', 'appendBlob'],
  [`packages/contents/${sha256}.json`, 'blockBlob'],
  [`packages/${sha256}.zip`, 'blockBlob'],
  ['app-package/released-package.zip', 'blockBlob'],
  ['ledger/demo/2026-11.jsonl', 'appendBlob'],
  ['ledger/key-rotation/account.jsonl', 'appendBlob'],
  ['models/demo/1/model.onnx', 'blockBlob'],
  ['models/demo/live-prod.json', 'blockBlob'],
  ['data/zip3-income/live.json', 'blockBlob'],
];

function rulesFor(stackName: string, path: string, blobType: string) {
  return lifecycleRules(settingsOf(stackName)).filter(({ definition: { filters } }) => {
    const isType = filters.blobTypes.includes(blobType);
    return isType && filters.prefixMatch.some((prefix) => path.startsWith(prefix));
  });
}

describe.each(stackNames)('the lifecycle rules of %s', (stackName) => {
  it.each(kept)('never delete %s', (path, blobType) => {
    const actions = rulesFor(stackName, path, blobType).map((one) => one.definition.actions);
    expect(actions.filter((one) => one.baseBlob?.['delete'] !== undefined)).toEqual([]);
  });

  it('leave the release log alone altogether', () => {
    expect(rulesFor(stackName, 'packages/releases/demo.jsonl', 'appendBlob')).toEqual([]);
  });

  it('delete the archives of old runs, and make old packages cheaper', () => {
    const [runs] = rulesFor(stackName, 'runs/demo-1/listing.json', 'blockBlob');
    expect(runs?.definition.actions.baseBlob).toHaveProperty('delete');
    const [packages] = rulesFor(stackName, `packages/${sha256}.zip`, 'blockBlob');
    expect(packages?.definition.actions).toEqual({
      baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 180 } },
      version: { delete: { daysAfterCreationGreaterThan: 180 } },
    });
  });
});
