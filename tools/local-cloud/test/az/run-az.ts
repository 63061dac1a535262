import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalCloud } from '../../src/local-cloud.ts';

/** What a command of `az` printed, read, and how it ended. */
interface AzResult {
  readonly code: number;
  readonly value: unknown;
  readonly complaint: string;
}

/** Runs a command of `az` against one local cloud. */
export type RunAz = (words: readonly string[]) => Promise<AzResult>;

/**
 * `az` with a configuration of its own: it knows no account yet, and no cloud but the public ones.
 * It reaches `*.localhost` through the local cloud's proxy, for Python does not resolve it.
 */
export async function azFor(cloud: LocalCloud, python: string): Promise<RunAz> {
  const folder = await mkdtemp(join(tmpdir(), 'az-'));
  const { environment } = cloud;
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AZURE_CONFIG_DIR: folder,
    REQUESTS_CA_BUNDLE: environment['REQUESTS_CA_BUNDLE'],
    HTTPS_PROXY: environment['MISPRICED_LOCAL_CLOUD_PROXY'],
    AZURE_CORE_INSTANCE_DISCOVERY: 'false',
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
    AZURE_CORE_SURVEY_MESSAGE: 'no',
  };
  return (words) =>
    new Promise((resolve) => {
      const parameters = ['-m', 'azure.cli', ...words, '--output', 'json', '--only-show-errors'];
      execFile(python, parameters, { env, timeout: 300_000 }, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        const value: unknown = stdout.trim() === '' ? null : JSON.parse(stdout);
        resolve({ code, value, complaint: stderr });
      });
    });
}
