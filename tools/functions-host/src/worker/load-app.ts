import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appState, runHooks } from './app-state.ts';

/** An app that did not load: which file failed, and what it threw. */
export class AppLoadError extends Error {
  readonly file: string;

  constructor(file: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Worker was unable to load entry point "${file}": ${reason}`, { cause });
    this.name = 'AppLoadError';
    this.file = file;
  }
}

/**
 * Loads the entry points that `main` of package.json names, a pattern allowed, in the order of
 * their names, then runs the app's start hooks. Source: azure-functions-nodejs-worker startApp.ts.
 *
 * @throws AppLoadError for the first file that fails.
 */
export async function loadApp(appFolder: string): Promise<void> {
  const { main, isModule } = await readPackageJson(appFolder);
  const files = (await Array.fromAsync(glob(main, { cwd: appFolder }))).sort();
  if (files.length === 0) {
    const isPattern = /[*?{[]/.test(main);
    const reason = isPattern
      ? 'Found zero files matching the supplied pattern'
      : 'File does not exist';
    throw new AppLoadError(main, new Error(reason));
  }
  for (const file of files) {
    appState.currentEntryPoint = file;
    try {
      await loadFile(join(appFolder, file), isModule);
    } catch (error) {
      throw new AppLoadError(file, error);
    }
  }
  try {
    await runHooks('appStart', {
      hookData: appState.appLevelHookData,
      appHookData: appState.appHookData,
      functionAppDirectory: appFolder,
    });
  } catch (error) {
    throw new AppLoadError('the appStart hooks', error);
  }
}

async function readPackageJson(
  appFolder: string,
): Promise<{ readonly main: string; readonly isModule: boolean }> {
  try {
    const parsed: unknown = JSON.parse(await readFile(join(appFolder, 'package.json'), 'utf8'));
    const { main, type } = parsed as { main?: unknown; type?: unknown };
    if (typeof main !== 'string' || main === '') throw new Error('it names no "main"');
    return { main, isModule: type === 'module' };
  } catch (error) {
    throw new AppLoadError('package.json', error);
  }
}

/** The real worker's rule for which files are ES modules; those with types follow the same. */
async function loadFile(path: string, isModule: boolean): Promise<void> {
  const isEsModule = /\.m[jt]s$/.test(path) || (isModule && !/\.c[jt]s$/.test(path));
  if (isEsModule) await import(pathToFileURL(path).href);
  else createRequire(path)(path);
}
