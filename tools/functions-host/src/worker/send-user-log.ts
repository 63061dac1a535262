import { appState, send } from './app-state.ts';
import type { LogLevel } from './protocol.ts';

/** Passes a line of `context.log` through the app's log hooks, which may change it, to the host. */
export function sendUserLog(line: {
  readonly level: LogLevel;
  readonly message: string;
  readonly functionName: string;
  readonly invocationId: string;
}): void {
  const { functionName, invocationId } = line;
  const context = {
    hookData: {},
    appHookData: appState.appHookData,
    category: 'user',
    level: line.level,
    message: line.message,
  };
  for (const callback of appState.hooks.get('log') ?? []) callback(context);
  const { level, message } = context;
  send({ kind: 'log', level, source: 'function', message, functionName, invocationId });
}
