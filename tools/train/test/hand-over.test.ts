import { parseFeatureSet, readOwnData } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { withHandedOver } from '../src/files/hand-over.ts';
import { numbers, texts } from '../src/files/typed-column.ts';
import { typeOwnData } from '../src/files/type-own-data.ts';
import { pythonFolder } from '../src/paths.ts';
import { runProcess } from '../src/run-process.ts';
import { pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';

const python = await pythonForTests();

const doubles = [0.1 + 0.2, 5e-324, Number.MAX_VALUE, -1 / 3, 9007199254740991, null, 0];
const words = ['Bücher', '店員 🦉', ' IL', null, '005', 'NaN', 'a,"b"\r\nc'];

const program = `
import json, math, sys
from pathlib import Path
from mispriced_train.handed_over import handed_over
files = handed_over(Path(sys.argv[1]))
def plain(value):
    return None if isinstance(value, float) and math.isnan(value) else value
def shown(name):
    return {key: [plain(v) for v in values.tolist()] for key, values in files.columns(name).items()}
print(json.dumps([shown("loans"), shown("own-areas"), files.loans.where]))
`;

describe('files that were read here', patiently, () => {
  it.skipIf(python === null)('reach Python with every value as it is', async () => {
    const declaration = parseFeatureSet(
      {
        format: 1,
        name: 'small',
        venue: 'lendingclub',
        price: { field: 'intRate', column: 'int_rate', unit: 'percent' },
        group: { field: 'term', column: 'term', unit: 'months' },
        ownData: [
          {
            name: 'areas',
            keys: [{ field: 'addrZip', column: 'zip_code', ownColumn: 'zip3' }],
            date: { ownColumn: 'month', lagMonths: 1, staleAfterMonths: 1 },
            columns: ['income'],
          },
        ],
        features: [
          {
            name: 'int_rate',
            group: 'price',
            unit: 'percent',
            type: 'number',
            field: 'intRate',
            column: 'int_rate',
            missing: 'drop',
          },
        ],
      },
      'features.yaml',
    ).ownData[0];
    if (declaration === undefined) throw new Error('Nothing was declared.');
    const lines = [
      'zip3,month,income',
      '005,2010-02-01,3.3',
      '005,2010-01-01,0.1',
      '900,2010-01-01,',
    ];
    const bytes = new TextEncoder().encode(lines.join('\n'));
    const set = await readOwnData({ where: 'areas.csv', format: 'csv', bytes, declaration });
    const columns = [numbers('price', doubles), texts('group', words)];
    const loans = {
      columns,
      rowCount: doubles.length,
      firstIssued: '2010-01-01',
      where: 'loans.csv',
      sha256: 'a',
    };
    const files = { loans, ownData: [{ set, sha256: 'b' }], listings: null };
    const seen = await withHandedOver(files, async (folder) => {
      const end = await runProcess({
        command: python?.python ?? '',
        arguments: ['-c', program, folder],
        folder: pythonFolder,
        environment: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      });
      expect(end.exitCode, end.standardError).toBe(0);
      return JSON.parse(end.standardOutput) as unknown;
    });
    const named = (typed: readonly { name: string; data: readonly unknown[] }[]) =>
      Object.fromEntries(typed.map(({ name, data }) => [name, data]));
    expect(seen).toEqual([named(columns), named(typeOwnData(set)), 'loans.csv']);
  });
});
