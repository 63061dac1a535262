import {
  ncrontabFields,
  parseNcrontabField,
  type NcrontabField,
} from '@mispriced/config/schedule/ncrontab';
import { describe, expect, it } from 'vitest';

const {
  minutes: minute,
  hours: hour,
  daysOfMonth: dayOfMonth,
  months: month,
  daysOfWeek: dayOfWeek,
} = ncrontabFields;
const parse = (text: string, field: NcrontabField) =>
  parseNcrontabField(text, field, { strict: false });

describe('a field of a schedule (NCrontab CrontabFieldImpl.cs, CrontabField.cs)', () => {
  it.each([
    ['*', hour, 24, 0],
    ['*/15', minute, 4, 0],
    ['5/20', minute, 3, 5],
    ['10-50/20', minute, 3, 10],
    ['1,2,2,1', minute, 2, 1],
    ['*/0', minute, 60, 0],
    ['59/5', minute, 1, 59],
  ])('reads %s', (text, kind, count, first) => {
    const values = parse(text, kind);
    expect(values).toHaveLength(count);
    expect(values[0]).toBe(first);
  });

  it('turns a range round that is written backwards, where other crons wrap or refuse', () => {
    expect(parse('22-20', hour)).toEqual([20, 21, 22]);
  });

  it('understands any beginning of a name, in any case', () => {
    expect(parse('Mon-FRIDAY', dayOfWeek)).toEqual([1, 2, 3, 4, 5]);
    expect(parse('jan,Dec,Ju', month)).toEqual([1, 6, 12]);
    expect(parse('W', dayOfWeek)).toEqual([3]);
  });

  it('numbers the days of the week from Sunday, 0, to Saturday, 6: 7 is invalid', () => {
    expect(parse('0,Sat', dayOfWeek)).toEqual([0, 6]);
    expect(() => parse('7', dayOfWeek)).toThrow(
      /day of the week holds values from 0 to 6, and "7" is none/,
    );
  });

  it.each([
    ['60', minute],
    ['24', hour],
    ['0', dayOfMonth],
    ['32', dayOfMonth],
    ['13', month],
    ['', minute],
    ['1,,2', minute],
    [',1', minute],
    ['1-', minute],
    ['-1', minute],
    ['1-2-3', minute],
    ['*/x', minute],
    ['5x', minute],
    ['Mon', minute],
    ['?', dayOfMonth],
    ['L', dayOfMonth],
    ['1#2', dayOfWeek],
    ['61/5', minute],
  ])('refuses %j and says in which field', (text, kind) => {
    expect(() => parse(text, kind)).toThrow(kind.name);
  });
});
