import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('build-in-clone.ts', import.meta.url));

/** Packs a clone in a process with its own time zone, umask and date; gives the package's SHA-256. */
export async function buildInClone(args: {
  workspace: string;
  outFile: string;
  timeZone: string;
  umask: string;
  date: string;
}): Promise<string> {
  const { workspace, outFile, timeZone, umask, date } = args;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, workspace, outFile, umask, date],
    { env: { ...process.env, TZ: timeZone, LC_ALL: 'C' } },
  );
  return stdout;
}
