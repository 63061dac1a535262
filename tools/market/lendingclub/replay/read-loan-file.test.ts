import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLoanFile } from './read-loan-file.ts';

const text = [
  'loan_id,issue_d,loan_amnt,term,int_rate,purpose',
  '1,2010-12-01,5000,36,11.25,"home, and garden"',
  '2,2010-11-01,2500,60,7.5,',
  '',
].join('\r\n');

const expected = [
  {
    loan_id: '1',
    issue_d: '2010-12-01',
    loan_amnt: '5000',
    term: '36',
    int_rate: '11.25',
    purpose: 'home, and garden',
  },
  {
    loan_id: '2',
    issue_d: '2010-11-01',
    loan_amnt: '2500',
    term: '60',
    int_rate: '7.5',
    purpose: '',
  },
];

describe('readLoanFile', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loan-file-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  const stored = async (name: string, content: string | Buffer): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  it('reads quoted cells, empty cells and a byte order mark', async () => {
    const { rows, place } = await readLoanFile(await stored('loans.csv', `\uFEFF${text}`));
    expect(rows).toEqual(expected);
    expect(place(1)).toMatch(/loans\.csv, line 3$/);
  });

  it('reads the same compressed', async () => {
    const { rows } = await readLoanFile(await stored('loans.csv.gz', gzipSync(text)));
    expect(rows).toEqual(expected);
  });

  it('says which file is missing', async () => {
    await expect(readLoanFile(join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'DATA_MISSING',
      message: expect.stringContaining('none.csv') as string,
    });
  });

  it('names every column that is missing', async () => {
    const path = await stored('short.csv', 'loan_id,issue_d,purpose\n1,2010-12-01,car\n');
    await expect(readLoanFile(path)).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringMatching(
        /"loan_amnt" is missing[^]*"term" is missing[^]*"int_rate" is missing/,
      ) as string,
    });
  });

  it('refuses a row of another length rather than shift its cells', async () => {
    const path = await stored('ragged.csv', `${text}3,2010-12-01,5000\n`);
    await expect(readLoanFile(path)).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('line 4') as string,
    });
  });

  it('reads what is not compressed though its name says so', async () => {
    const { rows } = await readLoanFile(await stored('plain.csv.gz', text));
    expect(rows).toEqual(expected);
  });

  it('refuses an empty file', async () => {
    const path = await stored('empty.csv', '');
    await expect(readLoanFile(path)).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });
});
