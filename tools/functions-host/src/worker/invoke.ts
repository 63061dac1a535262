import {
  appState,
  type CoreInvocationContext,
  type RegisteredFunction,
  runHooks,
  send,
} from './app-state.ts';
import { sendUserLog } from './send-user-log.ts';
import type { InvocationRequest, InvocationResponse } from './protocol.ts';

/**
 * Runs one function once, hooks included, and gives the library's answer.
 * Source: azure-functions-nodejs-worker InvocationHandler.ts.
 */
export async function invoke(request: InvocationRequest): Promise<InvocationResponse> {
  const registered = appState.functions.get(request.functionId);
  const model = appState.programmingModel;
  if (registered === undefined || model === null) {
    throw new Error(`Function code for '${request.functionId}' is not loaded.`);
  }
  const coreContext = createCoreContext(request, registered);
  const invocation = await model.getInvocationModel(coreContext);
  const { context, inputs } = await invocation.getArguments();
  const shared = { hookData: {}, appHookData: appState.appHookData, invocationContext: context };

  const before = { ...shared, functionCallback: registered.callback, inputs };
  coreContext.state = 'preInvocationHooks';
  await runHooks('preInvocation', before);

  const after = {
    ...shared,
    inputs: before.inputs,
    result: null as unknown,
    error: null as unknown,
  };
  coreContext.state = 'invocation';
  try {
    after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }
  coreContext.state = 'postInvocationHooks';
  await runHooks('postInvocation', after);
  coreContext.state = undefined;

  if (after.error !== null && after.error !== undefined) throw toError(after.error);
  return invocation.getResponse(context, after.result);
}

function createCoreContext(
  request: InvocationRequest,
  registered: RegisteredFunction,
): CoreInvocationContext {
  const origin = { functionName: registered.name, invocationId: request.invocationId };
  return {
    invocationId: request.invocationId,
    request,
    metadata: { ...registered.metadata, name: registered.name },
    log: (level, category, message) => {
      if (category === 'user') sendUserLog({ level, message, ...origin });
      else send({ kind: 'log', level, source: 'worker', message, ...origin });
    },
  };
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
