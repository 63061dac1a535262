import { parse } from 'yaml';
import { manifestPath, parseManifest, type PackageManifest } from '../package/package-manifest.ts';
import type { PackageFiles } from '../package/package-files.ts';

/** One difference: null where there was or will be nothing. */
export interface Difference {
  readonly what: 'function' | 'schedule' | 'setting' | 'module' | 'code';
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** How one package differs from another, as people think of it. */
export function comparePackages(before: PackageFiles, after: PackageFiles): readonly Difference[] {
  const [old, next] = [manifestOf(before), manifestOf(after)];
  return [
    ...differences('function', functionsOf(old), functionsOf(next)),
    ...differences('schedule', schedulesOf(old), schedulesOf(next)),
    ...differences('setting', settingsOf(before), settingsOf(after)),
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
    return was === is ? [] : [{ what, name, before: was, after: is }];
  });
}

function manifestOf(files: PackageFiles): PackageManifest {
  return parseManifest(files.get(manifestPath) ?? new Uint8Array());
}

function functionsOf({ functions }: PackageManifest): Record<string, string> {
  return Object.fromEntries(functions.map(({ name, trigger }) => [name, trigger]));
}

function schedulesOf({ functions }: PackageManifest): Record<string, string> {
  return Object.fromEntries(
    functions.flatMap((each) => (each.trigger === 'timer' ? [[each.name, each.schedule]] : [])),
  );
}

/** Settings of every configuration file in the package: `config/prod.yaml run.mode`. */
function settingsOf(files: PackageFiles): Record<string, string> {
  return Object.fromEntries(
    [...files]
      .filter(([path]) => path.startsWith('config/'))
      .flatMap(([path, bytes]) => leaves(parse(new TextDecoder().decode(bytes)), path, ' ')),
  );
}

function leaves(value: unknown, name: string, separator: string): readonly [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value === null ? [] : [[name, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, each]) =>
    leaves(each, `${name}${separator}${key}`, '.'),
  );
}

/** All code in one: its parts have other names at every change. */
function codeOf({ files }: PackageManifest): Record<string, string> {
  const parts = Object.entries(files).filter(([path]) => /^(?:dist\/|host\.json$)/.test(path));
  return { bundle: parts.map(([path, { sha256 }]) => `${path} ${sha256}`).join('\n') };
}
