/** The process of an app: started by the host with the app's settings as its environment. */
import { appState, runHooks, send } from './app-state.ts';
import { bindToLoopback } from './bind-to-loopback.ts';
import { followHostClock } from './follow-host-clock.ts';
import { installFunctionsCore } from './install-functions-core.ts';
import { invoke } from './invoke.ts';
import { AppLoadError, loadApp } from './load-app.ts';
import type { FunctionMetadata, HostMessage, InvocationRequest } from './protocol.ts';
import { describeThrown } from './thrown-error.ts';

// The cache is in use by now; an app's environment is its settings and nothing of this machine.
if (process.argv.includes('--hide-compile-cache')) delete process.env['NODE_COMPILE_CACHE'];
process.argv.splice(2);

installFunctionsCore();

process.on('uncaughtException', (error) => {
  send({ kind: 'crashed', error: describeThrown(error) });
  process.exitCode = 1;
  // The message above needs a turn to leave before the process does.
  setImmediate(() => process.exit(1));
});

// A worker whose host has died must not go on trading.
process.on('disconnect', () => process.exit(0));

process.on('message', (message: HostMessage) => {
  if (message.kind === 'terminate') void terminate();
  else {
    if (message.nowMs !== null) followHostClock(message.nowMs);
    if (message.kind === 'load') void load(message.appFolder);
    else void answerInvocation(message.request);
  }
});

async function load(appFolder: string): Promise<void> {
  try {
    await loadApp(appFolder);
    const capabilities = await bindToLoopback(
      async () => (await appState.programmingModel?.getCapabilities?.({})) ?? {},
    );
    appState.isLocked = true;
    const model = appState.programmingModel;
    send({
      kind: 'loaded',
      functions: [...appState.functions.values()].map(plainMetadata),
      programmingModel: model === null ? null : `${model.name} ${model.version}`,
      httpUri: capabilities['HttpUri'] ?? null,
    });
  } catch (error) {
    const file = error instanceof AppLoadError ? error.file : appState.currentEntryPoint;
    send({ kind: 'load-failed', file, error: describeThrown(error) });
  }
}

async function answerInvocation(request: InvocationRequest): Promise<void> {
  const { invocationId } = request;
  try {
    const response = await invoke(request);
    send({ kind: 'invoked', invocationId, response, error: null });
  } catch (error) {
    send({ kind: 'invoked', invocationId, response: null, error: describeThrown(error) });
  }
}

async function terminate(): Promise<void> {
  const { appLevelHookData: hookData, appHookData } = appState;
  try {
    await runHooks('appTerminate', { hookData, appHookData });
  } catch (error) {
    const message = `An appTerminate hook failed: ${describeThrown(error).stack}`;
    send({ kind: 'log', level: 'error', source: 'worker', message });
  }
  process.exit(0);
}

/** Bindings go to the host as JSON, as in the real worker: what is no data is left behind. */
function plainMetadata(registered: {
  readonly name: string;
  readonly metadata: object;
  readonly scriptFile: string;
}): FunctionMetadata {
  const { name, scriptFile, metadata } = registered;
  return JSON.parse(JSON.stringify({ ...metadata, name, scriptFile })) as FunctionMetadata;
}
