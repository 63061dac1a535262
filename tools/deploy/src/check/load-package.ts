import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type FunctionSummary,
  MemoryStateStore,
  startFunctionsHost,
  systemClock,
} from '@mispriced/functions-host';
import type { PackageFiles } from '../package/package-files.ts';
import { listProblems } from './list-problems.ts';
import type { CheckProblem } from './problem.ts';
import { scoreOneRow } from './score-one-row.ts';
import { unpack } from './unpack.ts';
import { withTemporaryFolder } from './with-temporary-folder.ts';

/** What came of loading a package. */
export interface LoadedPackage {
  readonly functions: readonly FunctionSummary[];
  readonly problems: readonly CheckProblem[];
}

/**
 * Loads a package as Azure would: unpacked in an empty folder outside the repository, in a process
 * of its own that is given settings and nothing else. Every function has to register and every
 * schedule has to be one; with a model at hand, the model library has to score.
 *
 * @param args.expected The names of the functions that must be there, and no others.
 * @param args.settings The app settings of the target; without, those of stage `dev`.
 * @param args.modelFile An ONNX file to score one row with.
 */
export async function loadPackage(args: {
  files: PackageFiles;
  expected: readonly string[];
  settings?: Readonly<Record<string, string>>;
  modelFile?: string;
}): Promise<LoadedPackage> {
  return withTemporaryFolder(async (folder) => {
    const appFolder = join(folder, 'app');
    const stores = join(folder, 'stores');
    await mkdir(appFolder);
    await mkdir(stores);
    await unpack(args.files, appFolder);
    const host = await startFunctionsHost({
      appFolder,
      settings: { ...(args.settings ?? { MISPRICED__STAGE: 'dev' }), ...ownStores(stores) },
      stateStore: new MemoryStateStore(systemClock),
      logFile: join(folder, 'host.log'),
      runTimers: false,
    });
    try {
      const functions = host.functions();
      const found = listProblems({ status: host.status(), functions, expected: args.expected });
      const scored =
        args.modelFile === undefined
          ? []
          : await scoreOneRow({ appFolder, modelFile: args.modelFile });
      return { functions, problems: [...found, ...scored] };
    } finally {
      await host.stop();
    }
  });
}

/** Nothing that a check does may reach the target's stores. */
function ownStores(folder: string): Record<string, string> {
  return { MISPRICED__STORAGE__KIND: 'file', MISPRICED__STORAGE__PATH: folder };
}
