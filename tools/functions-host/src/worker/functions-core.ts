/**
 * What an app gets when it asks for `@azure/functions-core`: the module that the real worker has
 * built in. Source: azure-functions-nodejs-worker setupCoreModule.ts, registerFunction.ts.
 */
import {
  appState,
  type CoreFunctionMetadata,
  type FunctionCallback,
  type HookCallback,
  type HookName,
  hookNames,
  type ProgrammingModel,
  send,
} from './app-state.ts';
import type { LogLevel } from './protocol.ts';

export const version = '3.13.0';
export const hostVersion = '4.1040.0';

export class Disposable {
  readonly #onDispose: () => unknown;

  constructor(onDispose: () => unknown) {
    this.#onDispose = onDispose;
  }

  static from(...items: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const item of items) item.dispose();
    });
  }

  dispose(): unknown {
    return this.#onDispose();
  }
}

export function registerFunction(
  metadata: CoreFunctionMetadata,
  callback: FunctionCallback,
): Disposable {
  if (appState.isLocked) {
    throw new Error('A function can only be registered during app startup.');
  }
  const name = metadata.name ?? metadata.functionId ?? '';
  if (appState.functions.has(name)) {
    throw new Error(`A function with id "${name}" has already been registered.`);
  }
  const scriptFile = appState.currentEntryPoint;
  appState.functions.set(name, { name, metadata, callback, scriptFile });
  return new Disposable(() => {
    if (appState.isLocked) throw new Error('A function can only be disposed during app startup.');
    appState.functions.delete(name);
  });
}

export function registerHook(hookName: string, callback: HookCallback): Disposable {
  if (!isHookName(hookName)) throw new RangeError(`Unrecognized hook "${hookName}"`);
  const callbacks = appState.hooks.get(hookName) ?? [];
  callbacks.push(callback);
  return new Disposable(() => {
    const index = callbacks.indexOf(callback);
    if (index >= 0) callbacks.splice(index, 1);
  });
}

export function setProgrammingModel(model: ProgrammingModel): void {
  appState.programmingModel = model;
}

export function getProgrammingModel(): ProgrammingModel | null {
  return appState.programmingModel;
}

export function log(level: LogLevel, _category: string, message: string): void {
  send({ kind: 'log', level, source: 'worker', message });
}

function isHookName(name: string): name is HookName {
  return (hookNames as readonly string[]).includes(name);
}
