import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MispricedError, type RunArchive, type RunSummary } from '@mispriced/core';
import { BlobStateStore, startFunctionsHost } from '@mispriced/functions-host';
import { workspaceRoot } from '../workspace-root.ts';

/**
 * Runs the job as Azure would: the function app in a process of its own under the functions host
 * double, told by nothing but its settings.
 *
 * @param settings The app's settings; they may hold secrets.
 * @throws MispricedError `INTERNAL` where the app did not load or the job left no record.
 */
export async function runInFunctionsHost(args: {
  settings: Readonly<Record<string, string>>;
  storageConnectionString: string;
  runId: string;
  archive: RunArchive;
  onProgress: (message: string) => void;
}): Promise<RunSummary> {
  const logFile = join(await mkdtemp(join(tmpdir(), 'mispriced-host-')), 'host.log');
  const host = await startFunctionsHost({
    appFolder: join(workspaceRoot, 'apps', 'strategy'),
    settings: args.settings,
    stateStore: BlobStateStore.fromConnectionString(args.storageConnectionString),
    logFile,
    runTimers: false,
  });
  const unfollow = host.followLogs(({ source, message }) => {
    if (source === 'function') args.onProgress(message);
  });
  try {
    const { errors } = host.status();
    if (errors.length > 0) throw appBroken(errors.join('\n'), logFile);
    const result = await host.invoke('daily-trade');
    if (result.error === null) return result.returnValue as RunSummary;
    // A run that may be tried again throws, so that the platform does; its record is archived.
    const recorded = await args.archive.read(args.runId, 'summary.json');
    if (recorded === null) throw appBroken(result.error.message, logFile);
    return JSON.parse(new TextDecoder().decode(recorded)) as RunSummary;
  } finally {
    unfollow();
    await host.stop();
  }
}

function appBroken(problem: string, logFile: string): MispricedError {
  return new MispricedError({
    code: 'INTERNAL',
    message: `The function app did not run the job: ${problem}`,
    fix: `See the log of the functions host: ${logFile}.`,
  });
}
