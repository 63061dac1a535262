import { describe, expect, it } from 'vitest';
import { changesBetween, inputsAfter } from './diff.ts';
import { typeSpec } from './type-table.ts';

const account = typeSpec('azure-native:storage:StorageAccount');

describe('changesBetween', () => {
  it('names each property that differs, down to the list item', () => {
    const olds = { tags: { a: '1', 'b-c': '2' }, rules: [{ x: 1 }, { x: 2 }], kind: 'A' };
    const news = { tags: { a: '1', 'b-c': '3' }, rules: [{ x: 1 }], kind: 'A', accessTier: 'Hot' };
    expect(changesBetween(account, olds, news)).toEqual([
      { path: 'tags["b-c"]', kind: 'update', replaces: false },
      { path: 'rules[1]', kind: 'delete', replaces: false },
      { path: 'accessTier', kind: 'add', replaces: false },
    ]);
  });

  it('replaces for another name, group or place, but not for a place spelled otherwise', () => {
    const olds = { accountName: 'a', resourceGroupName: 'g', location: 'westeurope' };
    const changed = (news: object) =>
      changesBetween(account, olds, { ...olds, ...news }).map(({ replaces }) => replaces);
    expect(changed({ accountName: 'b' })).toEqual([true]);
    expect(changed({ resourceGroupName: 'h' })).toEqual([true]);
    expect(changed({ location: 'northeurope' })).toEqual([true]);
    expect(changed({ location: 'West Europe' })).toEqual([]);
  });
});

describe('inputsAfter', () => {
  const oldOutputs = { tags: { a: '1' }, sku: { name: 'S', tier: 'T' }, list: [{ id: 1, at: 9 }] };
  const inputs = { tags: { a: '1' }, sku: { name: 'S' }, list: [{ id: 1 }] };

  it('leaves inputs alone while Azure answers as before', () => {
    expect(inputsAfter({ inputs, oldOutputs, newOutputs: oldOutputs })).toEqual(inputs);
  });

  it('takes over what was changed, added and removed, and nothing that Azure added itself', () => {
    const newOutputs = {
      tags: { b: '2' },
      sku: { name: 'P', tier: 'T' },
      list: [
        { id: 1, at: 9 },
        { id: 2, at: 9 },
      ],
      state: 'Running',
    };
    expect(inputsAfter({ inputs, oldOutputs, newOutputs })).toEqual({
      tags: { b: '2' },
      sku: { name: 'P' },
      list: [{ id: 1 }, { id: 2, at: 9 }],
    });
  });
});
