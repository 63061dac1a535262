import type {
  BindingInfo,
  InvocationRequest,
  InvocationResponse,
  RetryOptions,
} from './protocol.ts';
import type { LogLevel, WorkerMessage } from './protocol.ts';

export type FunctionCallback = (...args: unknown[]) => unknown;

export interface CoreFunctionMetadata {
  readonly name?: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, BindingInfo>>;
  readonly retryOptions?: RetryOptions;
}

export interface RegisteredFunction {
  readonly name: string;
  readonly metadata: CoreFunctionMetadata;
  readonly callback: FunctionCallback;
  readonly scriptFile: string;
}

/** What the library is given for one invocation. */
export interface CoreInvocationContext {
  readonly invocationId: string;
  readonly request: InvocationRequest;
  readonly metadata: CoreFunctionMetadata;
  state?: 'preInvocationHooks' | 'invocation' | 'postInvocationHooks' | undefined;
  log(level: LogLevel, category: string, message: string): void;
}

/** The library's part in one invocation. */
interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
}

/** What `@azure/functions` registers of itself. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel | Promise<InvocationModel>;
  getCapabilities?(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

export const hookNames = [
  'appStart',
  'appTerminate',
  'preInvocation',
  'postInvocation',
  'log',
] as const;
export type HookName = (typeof hookNames)[number];
export type HookCallback = (context: object) => unknown;

/** Everything the app has registered in this process. */
export const appState = {
  functions: new Map<string, RegisteredFunction>(),
  hooks: new Map<HookName, HookCallback[]>(hookNames.map((name) => [name, []])),
  appHookData: {},
  appLevelHookData: {},
  programmingModel: null as ProgrammingModel | null,
  /** True once the host has been told of the functions: later registrations are refused. */
  isLocked: false,
  /** The entry point that is being loaded, relative to the app's folder. */
  currentEntryPoint: 'unknown',
};

/** Sends to the host; a host that is gone hears nothing, and the process is about to end. */
export function send(message: WorkerMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/** Runs the hooks of one kind in the order of their registration; one that throws stops the rest. */
export async function runHooks(name: HookName, context: object): Promise<void> {
  for (const callback of appState.hooks.get(name) ?? []) await callback(context);
}
