import { settingTable, type SettingKey } from './setting-table.ts';

/** A value of a setting that would do now, for a command that mends it. */
export function exampleOf(key: SettingKey, now: Date): string {
  if (key === 'budgetStart') return firstOfMonth(now);
  return key === 'expiry' ? dayAfter(now, 7) : settingTable[key].example;
}

/** The first day of the month that is now, as yyyy-mm-dd. */
export function firstOfMonth(now: Date): string {
  return `${now.toISOString().slice(0, 7)}-01`;
}

/** Some days later, as yyyy-mm-dd. */
function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
