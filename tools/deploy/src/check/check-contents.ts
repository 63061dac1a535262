import { configPaths } from '../package/collect-config.ts';
import { describeFiles, manifestPath, type PackageManifest } from '../package/package-manifest.ts';
import type { PackageFiles } from '../package/package-files.ts';
import type { CheckProblem } from './problem.ts';

/** What no package holds: sources, tests, maps, personal settings, what other tools leave behind. */
const notShipped =
  /\.(?:ts|mts|cts|map|ipynb|log|md|tsbuildinfo)$|(?:^|\/)(?:\.env[^/]*|\.git[^/]*|local\.settings\.json|test|tests)(?:\/|$)|^config\/local\.yaml$/;

/** Holds a package's files against its own manifest, and against what must never ship. */
export function checkContents(
  files: PackageFiles,
  manifest: PackageManifest,
): readonly CheckProblem[] {
  const actual = describeFiles(new Map([...files].filter(([path]) => path !== manifestPath)));
  const changed = Object.keys({ ...actual, ...manifest.files }).filter(
    (path) => actual[path]?.sha256 !== manifest.files[path]?.sha256,
  );
  const unwanted = [...files.keys()].filter((path) => notShipped.test(path));
  const missing = configPaths.filter((path) => !files.has(path));
  const fix = 'Build the package with `npx mispriced package`; do not change it by hand.';
  return [
    ...missing.map((path) => ({
      check: 'load' as const,
      message: `${path} is not in the package, which would run with other settings than its own.`,
      fix,
    })),
    ...changed.map((path) => ({
      check: 'load' as const,
      message: `${path} is not what the package's manifest says.`,
      fix,
    })),
    ...unwanted.map((path) => ({
      check: 'load' as const,
      message: `${path} is in the package and has no business there.`,
      fix,
    })),
  ];
}
