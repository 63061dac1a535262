import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as pulumi from '@pulumi/pulumi';
import { allConfig } from '@pulumi/pulumi/runtime/config.js';
import { composeEnvironment, type EnvironmentOutputs } from './compose-environment.ts';
import { marketNotice } from './settings/market-notice.ts';
import { explainProblems } from './settings/problem.ts';
import { readSettings } from './settings/read-settings.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The Pulumi program: the stack's configuration becomes settings, settings become components, and
 * what others need to find becomes outputs. Nothing is created while any setting is wrong.
 *
 * @throws pulumi.RunError with every problem, which Pulumi prints without a stack trace.
 */
export async function environmentProgram(): Promise<EnvironmentOutputs> {
  const result = readSettings({
    stackName: pulumi.getStack(),
    config: ownConfig(),
    commit: checkedOutCommit(),
    now: new Date(),
  });
  if ('problems' in result) throw new pulumi.RunError(explainProblems(result.problems));
  const notice = await marketNotice(result.settings, (path) => readFile(repository + path, 'utf8'));
  if (notice !== null) void pulumi.log.warn(notice);
  return composeEnvironment(result.settings);
}

function ownConfig(): Record<string, string> {
  const prefix = `${pulumi.getProject()}:`;
  return Object.fromEntries(
    Object.entries(allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

function checkedOutCommit(): string | null {
  const named = process.env['MISPRICED_COMMIT'] ?? process.env['GITHUB_SHA'];
  if (named !== undefined && named !== '') return named;
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
