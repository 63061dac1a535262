import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a run of tests a temporary folder of its own, and takes it away with all that the tests, and
 * what they started, have left in it.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'mispriced-tests-'));
  // What Node compiled once is kept for the next run: the tests start many of its processes.
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'node-compile-cache');
  process.env['TMPDIR'] = folder;
  // Pulumi writes a log for each update into its home, and looks through all of them at each start.
  process.env['PULUMI_HOME'] = join(folder, 'pulumi-home');
  // It is started hundreds of times for half a second each, for which it need not collect garbage.
  process.env['GOGC'] ??= 'off';
  process.env['GOMEMLIMIT'] ??= '512MiB';
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
