import { describe, expect, it } from 'vitest';
import { createHostClocks } from './host-clocks.ts';

const start = Date.parse('2010-12-15T15:25:03Z');

function clocks(wallOffsetMilliseconds = 0) {
  return createHostClocks({
    startedAtMilliseconds: start,
    wallOffsetMilliseconds,
    uptimeMilliseconds: 60_000,
  });
}

describe('createHostClocks', () => {
  it('keeps a wall clock that is off, and steps it in both directions', () => {
    const host = clocks(-3000);
    expect(host.wallMilliseconds(start)).toBe(start - 3000);
    host.step(86_400_000);
    expect(host.wallMilliseconds(start + 10)).toBe(start + 86_397_010);
    host.step(-2 * 86_400_000);
    expect(host.wallMilliseconds(start + 20)).toBe(start - 86_402_980);
    expect(host.monotonicMilliseconds(start + 20)).toBe(20);
    expect(host.uptimeSeconds(start + 500)).toBe(60.5);
  });

  it.each([
    ['runs', 'runs', 30_000, 90],
    ['stands-still', 'runs', 10_000, 90],
    ['stands-still', 'stands-still', 10_000, 70],
  ] as const)(
    'frozen for 20 s, monotonic time %s and uptime %s',
    (monotonic, uptime, monotonicAfter, uptimeAfter) => {
      const host = clocks();
      host.freeze(start + 5000, { monotonic, uptime });
      const inside = host.monotonicMilliseconds(start + 15_000);
      expect(inside).toBe(monotonic === 'runs' ? 15_000 : 5000);
      host.thaw(start + 25_000);
      expect(host.monotonicMilliseconds(start + 30_000)).toBe(monotonicAfter);
      expect(host.uptimeSeconds(start + 30_000)).toBe(uptimeAfter);
      expect(host.wallMilliseconds(start + 30_000)).toBe(start + 30_000);
    },
  );

  it('adds up what several freezes missed', () => {
    const host = clocks();
    for (const second of [1, 2, 3]) {
      host.freeze(start + second * 1000, { monotonic: 'stands-still', uptime: 'runs' });
      host.thaw(start + second * 1000 + 400);
    }
    expect(host.monotonicMilliseconds(start + 5000)).toBe(3800);
  });
});
