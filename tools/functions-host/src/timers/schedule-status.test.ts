import { describe, expect, it } from 'vitest';
import {
  beginningOfTime,
  parseScheduleStatus,
  scheduleStatusBlobName,
  scheduleStatusToJson,
} from './schedule-status.ts';

describe("a timer's status (azure-webjobs-sdk-extensions StorageScheduleMonitor.cs)", () => {
  it('stands at timers/{hostId}/Host.Functions.{function}/status', () => {
    const name = scheduleStatusBlobName({ hostId: 'abc', functionName: 'daily-trade' });
    expect(name).toBe('timers/abc/Host.Functions.daily-trade/status');
  });

  it('reads what .NET writes: seven digits of a second, and offsets or none', () => {
    const status = parseScheduleStatus(
      '{"Last":"2026-11-02T09:00:00.0123456+00:00","Next":"2026-11-03T09:00:00",' +
        '"LastUpdated":"2026-11-02T10:00:00.5+01:00"}',
    );
    expect(status).toEqual({
      last: new Date('2026-11-02T09:00:00.012Z'),
      next: new Date('2026-11-03T09:00:00Z'),
      lastUpdated: new Date('2026-11-02T09:00:00.500Z'),
    });
  });

  it('comes back as it was written', () => {
    const status = {
      last: beginningOfTime,
      next: new Date('2026-11-03T10:20:30Z'),
      lastUpdated: new Date('2026-11-02T09:00:00.120Z'),
    };
    expect(parseScheduleStatus(JSON.stringify(scheduleStatusToJson(status)))).toEqual(status);
    expect(scheduleStatusToJson(status).LastUpdated).toBe('2026-11-02T09:00:00.12+00:00');
  });

  it('treats anything of the first year as never', () => {
    const text =
      '{"Last":"0001-01-01T01:00:00","Next":"2026-11-03T09:00:00Z","LastUpdated":"0001-01-01"}';
    expect(parseScheduleStatus(text).last).toEqual(beginningOfTime);
  });

  it.each(['', '{}', 'null', '{"Last":"x","Next":"y","LastUpdated":"z"}'])(
    'refuses %j and says what to do',
    (text) => {
      expect(() => parseScheduleStatus(text)).toThrow(
        "A timer's status blob does not hold a status",
      );
    },
  );
});
