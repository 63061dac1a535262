import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * The folder with real loans and recorded answers, or null where this machine has none. In CI its
 * absence is a failure, unless MISPRICED_FIXTURES says `absent`: a green build must mean that the real
 * data was tested, or that somebody has said that it cannot be there.
 */
export function fixturesFolder(): string | null {
  const named = process.env['MISPRICED_FIXTURES'];
  const folder = named === undefined || named === '' ? null : resolve(workspaceRoot, named);
  if (folder !== null && existsSync(join(folder, 'data'))) return folder;
  if (process.env['CI'] === 'true' && named !== 'absent') {
    throw new Error(
      'MISPRICED_FIXTURES must name the folder with the real data when CI is true, or say absent.',
    );
  }
  console.warn(
    '\n  SKIPPED: tests on real data. Set MISPRICED_FIXTURES to the folder that holds them.\n',
  );
  return null;
}
