import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import { runProcess } from './run-process.ts';

/** A Python that can run the trainer. */
export interface FoundPython {
  readonly command: string;
  /** Version, implementation and machine: environments are not shared across a difference. */
  readonly identity: string;
}

/** The oldest Python that the pinned packages support. */
const leastVersion = [3, 11] as const;

const identitySchema = z.object({
  version: z.tuple([z.int(), z.int(), z.int()]),
  implementation: z.string(),
  machine: z.string(),
});

const identityProgram =
  'import json, platform, sys; print(json.dumps({"version": sys.version_info[:3], ' +
  '"implementation": sys.implementation.name, "machine": sys.platform + "-" + platform.machine()}))';

/**
 * Finds a Python, 3.11 or later: the one named by `MISPRICED_PYTHON`, or the first on the PATH.
 *
 * @throws MispricedError `PYTHON_UNAVAILABLE` naming what was tried and found.
 */
export async function findPython(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<FoundPython> {
  const named = environment['MISPRICED_PYTHON'];
  const commands =
    named === undefined || named === ''
      ? ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11']
      : [named];
  const tooOld: string[] = [];
  for (const command of commands) {
    const identity = await identify(command, environment);
    if (identity === null) continue;
    const [major, minor] = identity.version;
    const version = identity.version.join('.');
    if (major > leastVersion[0] || (major === leastVersion[0] && minor >= leastVersion[1])) {
      return { command, identity: [identity.implementation, version, identity.machine].join('-') };
    }
    tooOld.push(`${command} is ${version}`);
  }
  throw new MispricedError({
    code: 'PYTHON_UNAVAILABLE',
    message:
      `Training needs Python ${leastVersion.join('.')} or later; none of ` +
      `${commands.join(', ')} is one${tooOld.length > 0 ? ` (${tooOld.join(', ')})` : ''}.`,
    fix: "Install Python (python.org, or your system's package manager), or name it in MISPRICED_PYTHON.",
  });
}

async function identify(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<z.infer<typeof identitySchema> | null> {
  try {
    const end = await runProcess({ command, arguments: ['-c', identityProgram], environment });
    return identitySchema.parse(JSON.parse(end.standardOutput));
  } catch {
    // Not there, or not a Python: the next one may be.
    return null;
  }
}
