import { expect, it } from 'vitest';
import { formatTimeSpan, parseTimeSpan } from './time-span.ts';

it.each([
  ['00:30:00', 1_800_000],
  ['01:02', 3_720_000],
  ['1.02:03:04.5', 93_784_500],
  ['2', 172_800_000],
  ['24:00:00', null],
  ['00:60:00', null],
  ['0 0 9 * * *', null],
  ['half an hour', null],
])('reads the duration %s', (text, expected) => {
  expect(parseTimeSpan(text)).toBe(expected);
});

it('writes durations as the host does', () => {
  expect(formatTimeSpan(1_800_000)).toBe('00:30:00');
  expect(formatTimeSpan(93_784_500)).toBe('1.02:03:04');
});
