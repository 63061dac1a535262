import { describe, expect, it } from 'vitest';
import { frequencyProblem, zoneProblem } from './schedule.ts';
import { settingTable } from './setting-table.ts';

const { schema } = settingTable.schedule;

describe('schedule', () => {
  it.each(['3 25 15 * * *', '0 30 9 * * 1-5', '0 0 */6 * * *', '0 0 0 29 2 *'])(
    'takes %s',
    (text) => {
      expect(schema.parse(text)).toBe(text);
    },
  );

  it.each(['0 25 15 * *', '60 25 15 * * *', '0 0 9 * * 7', '0 0 9 30 2 *'])(
    'refuses %s, as the app would',
    (text) => {
      expect(schema.safeParse(text).error?.issues[0]?.message).toContain('a schedule ');
    },
  );
});

describe('frequencyProblem', () => {
  it.each(['* 0 9 * * *', '0 */5 9 * * *', '*/5 * * * * *'])('objects to %s', (text) => {
    expect(schema.parse(text)).toBe(text);
    expect(frequencyProblem(text)).toContain('more than hourly');
  });

  it('lets a job trade hourly', () => {
    expect(frequencyProblem('0 30 * * * *')).toBeNull();
  });
});

describe('zoneProblem', () => {
  it('lets a daily job be anywhere, and nothing else', () => {
    expect(zoneProblem('0 30 9 * * *')).toBeNull();
    expect(zoneProblem('0 0 */6 * * *')).toContain('must be');
  });
});
