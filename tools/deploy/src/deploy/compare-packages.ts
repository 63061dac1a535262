import { manifestPath, parseManifest, type PackageManifest } from '../package/package-manifest.ts';
import type { PackageFiles } from '../package/package-files.ts';
import type { EffectiveSettings } from './effective-settings.ts';

/** One difference: null where there was or will be nothing. */
export interface Difference {
  readonly what: 'function' | 'schedule' | 'setting' | 'module' | 'code';
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Where a setting is written from now on; null for what is no setting, or not set any more. */
  readonly from: string | null;
}

/** A package that ran in an environment, with the settings it was sent with where those were kept. */
export interface PackageBefore {
  /** Its files, of which the manifest is enough. */
  readonly files: PackageFiles;
  readonly settings: Readonly<Record<string, string>> | null;
}

/** A package that is to run in an environment. */
export interface PackageAfter {
  readonly files: PackageFiles;
  readonly settings: EffectiveSettings;
}

/**
 * How what would run differs from what runs, as people think of it: functions, schedules, settings,
 * modules, code. A setting counts by what it is for the app, so that one that was changed in the
 * environment shows as well, and one that the environment overrules does not.
 */
export function comparePackages(before: PackageBefore, after: PackageAfter): readonly Difference[] {
  const [old, next] = [manifestOf(before.files), manifestOf(after.files)];
  const now = Object.fromEntries([...after.settings].map(([key, { value }]) => [key, value]));
  // Without a note of them, the settings of before are taken to be those of now.
  const was = before.settings ?? now;
  const from = (key: string): string | null => after.settings.get(key)?.from ?? null;
  return [
    ...differences('function', functionsOf(old), functionsOf(next)),
    ...differences('schedule', schedulesOf(old, was), schedulesOf(next, now)),
    ...differences('setting', withoutSchedules(was), withoutSchedules(now)).map((each) => ({
      ...each,
      from: from(each.name),
    })),
    ...differences('module', old.modules, next.modules),
    ...differences('code', codeOf(old), codeOf(next)),
  ];
}

function differences(
  what: Difference['what'],
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((name) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    return was === is ? [] : [{ what, name, before: was, after: is, from: null }];
  });
}

function manifestOf(files: PackageFiles): PackageManifest {
  return parseManifest(files.get(manifestPath) ?? new Uint8Array());
}

function functionsOf({ functions }: PackageManifest): Record<string, string> {
  return Object.fromEntries(functions.map(({ name, trigger }) => [name, trigger]));
}

/** When each timer fires: by its setting where that is known, else by the package's default. */
function schedulesOf(
  { functions }: PackageManifest,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    functions.flatMap((each) => {
      if (each.trigger !== 'timer') return [];
      const schedule = settings[`schedule.${each.name.replaceAll('-', '_')}`] ?? each.schedule;
      const timeZone = settings['schedule.time_zone'] ?? each.timeZone;
      return [[each.name, timeZone === null ? schedule : `${schedule} in ${timeZone}`]];
    }),
  );
}

function withoutSchedules(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => !key.startsWith('schedule.')),
  );
}

/** All code in one: its parts have other names at every change. */
function codeOf({ files }: PackageManifest): Record<string, string> {
  const parts = Object.entries(files).filter(([path]) => /^(?:dist\/|host\.json$)/.test(path));
  return { bundle: parts.map(([path, { sha256 }]) => `${path} ${sha256}`).join('\n') };
}
