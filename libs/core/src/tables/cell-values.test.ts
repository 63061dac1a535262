import { describe, expect, it } from 'vitest';
import { dayCell, idCell, keyCell, monthCell, numberCell } from './cell-values.ts';

describe('numberCell', () => {
  it.each([
    ['13.75', 13.75],
    [' 7e-3 ', 0.007],
    ['+.5', 0.5],
    ['', null],
    ['   ', null],
    [null, null],
    [Number.NaN, null],
    [36.5, 36.5],
    [2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
  ])('reads %s', (cell, value) => {
    expect(numberCell(cell)).toEqual({ value });
  });

  it.each([
    ...['nan', 'inf', '-Infinity', '1_000', '1e999', '13.56%', '0x10', '9007199254740993'],
    ...[2n ** 60n, true, [1], Number.POSITIVE_INFINITY],
  ])('refuses %s', (cell) => {
    expect(numberCell(cell)).toEqual({
      problem: expect.stringMatching(/ is not a finite number: \S/) as string,
    });
  });

  it('reads months behind a number where the unit is months, and nothing else', () => {
    expect(numberCell(' 36 months', 'months')).toEqual({ value: 36 });
    expect(numberCell('1 month', 'months')).toEqual({ value: 1 });
    expect(numberCell('36 months')).toHaveProperty('problem');
    expect(numberCell('36 weeks', 'months')).toHaveProperty('problem');
  });
});

describe('idCell', () => {
  it.each([
    ['007', '7'],
    ['7200001.0', '7200001'],
    [7200001, '7200001'],
    ['9007199254740991', '9007199254740991'],
    [' A-17 ', 'A-17'],
  ])('reads %s as %s', (cell, value) => {
    expect(idCell(cell)).toEqual({ value });
  });

  it.each(['9007199254740992', 2n ** 60n, 1e18, 1e21, '1e18'])('refuses %s as too long', (cell) => {
    expect(idCell(cell)).toEqual({ problem: expect.stringContaining('too long') as string });
  });
});

describe('days', () => {
  it.each([
    ['1995-03-11T16:00:00.000-08:00', '1995-03-11'],
    ['2010-01-31 00:00:00', '2010-01-31'],
    [new Date('2010-01-31T00:00:00Z'), '2010-01-31'],
    ['', null],
  ])('reads %s', (cell, value) => {
    expect(dayCell(cell)).toEqual({ value });
  });

  it.each(['Oct-2003', '2010-02-30', '2010-2-3', '2010-01-31 about', 20100131])(
    'refuses %s',
    (cell) => {
      expect(dayCell(cell)).toEqual({
        problem: expect.stringMatching(/ is not a day, yyyy-mm-dd: \S/) as string,
      });
    },
  );

  it('refuses a moment, and a month without one', () => {
    expect(dayCell(new Date('2010-01-31T08:00:00Z'))).toHaveProperty('problem');
    expect(monthCell(null)).toEqual({ problem: 'the date is empty' });
    expect(monthCell('0001-01-31')).toEqual({ value: 12 });
  });
});

it('keys keep zeros, and lose the fraction of whole numbers and the blanks behind', () => {
  expect(keyCell('005  ')).toEqual({ value: '005' });
  expect(keyCell(890)).toEqual({ value: '890' });
  expect(keyCell(' IL')).toEqual({ value: ' IL' });
  expect(keyCell('  ')).toEqual({ problem: 'the key is empty' });
});
