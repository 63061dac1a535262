import type { PackageManifest } from '../package/package-manifest.ts';
import type { CheckProblem } from './problem.ts';

/** What of a function app decides whether a package runs on it. */
export interface TargetMachine {
  /** Such as `functionapp,linux`. */
  readonly kind: string;
  readonly runtimeName: string | null;
  readonly runtimeVersion: string | null;
}

/** Holds the platform and the version of Node a package was made for against the target's. */
export function checkTarget(
  target: PackageManifest['target'],
  machine: TargetMachine,
): readonly CheckProblem[] {
  const problems: CheckProblem[] = [];
  const fix =
    'Mend `runtimeVersion` in infra/Pulumi.<stack>.yaml and bring the environment up again.';
  if (!machine.kind.toLowerCase().includes(target.platform)) {
    problems.push({
      check: 'target',
      message: `The package is for ${target.platform}-${target.arch}, and the app is of kind ${machine.kind}.`,
      fix: 'Deploy to an app on Linux: the native code in the package runs nowhere else.',
    });
  }
  if (machine.runtimeName?.toLowerCase() !== 'node') {
    problems.push({
      check: 'target',
      message: `The app's runtime is ${machine.runtimeName ?? 'not set'}, not node.`,
      fix,
    });
  } else if (!target.nodeVersions.includes(machine.runtimeVersion ?? '')) {
    problems.push({
      check: 'target',
      message: `The app runs Node ${machine.runtimeVersion ?? 'of no version'}, and the package needs one of ${target.nodeVersions.join(', ')}.`,
      fix,
    });
  }
  return problems;
}
