/**
 * What passes between the host and the process of an app. The shapes named after the real worker's
 * are those of `@azure/functions-core`, which `@azure/functions` reads and writes.
 * Source: azure-functions-nodejs-worker types-core/index.d.ts, @azure/functions 4.16.5.
 */

export type LogLevel =
  'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';

/** One value of a binding: exactly one property is set. */
export interface TypedData {
  readonly string?: string | null;
  readonly json?: string | null;
  readonly bytes?: Uint8Array | null;
  readonly int?: number | null;
  readonly double?: number | null;
  readonly http?: HttpData | null;
}

interface Nullable<Value> {
  readonly value?: Value | null;
}

export interface HttpCookie {
  readonly name?: string | null;
  readonly value?: string | null;
  readonly domain?: Nullable<string> | null;
  readonly path?: Nullable<string> | null;
  readonly expires?: Nullable<{ readonly seconds?: number | null }> | null;
  readonly secure?: Nullable<boolean> | null;
  readonly httpOnly?: Nullable<boolean> | null;
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone' | null;
  readonly maxAge?: Nullable<number> | null;
}

/** A request on its way to a function, or a response on its way back. */
export interface HttpData {
  readonly method?: string | null;
  readonly url?: string | null;
  readonly headers?: Readonly<Record<string, string>> | null;
  readonly query?: Readonly<Record<string, string>> | null;
  readonly params?: Readonly<Record<string, string>> | null;
  readonly body?: TypedData | null;
  readonly statusCode?: string | null;
  readonly cookies?: readonly HttpCookie[] | null;
}

interface ParameterBinding {
  readonly name?: string | null;
  readonly data?: TypedData | null;
}

export interface InvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly ParameterBinding[];
  readonly triggerMetadata: Readonly<Record<string, TypedData>>;
  readonly traceContext: { readonly traceParent: string };
  readonly retryContext?: {
    readonly retryCount: number;
    readonly maxRetryCount: number;
    readonly exception: { readonly message: string; readonly stackTrace: string };
  };
}

export interface InvocationResponse {
  readonly invocationId?: string | null;
  readonly outputData?: readonly ParameterBinding[] | null;
  readonly returnValue?: TypedData | null;
}

export interface BindingInfo {
  readonly name?: string;
  readonly type?: string | null;
  readonly direction?: 'in' | 'out' | 'inout' | null;
  readonly [property: string]: unknown;
}

interface Duration {
  readonly seconds?: number | null;
}

export interface RetryOptions {
  readonly maxRetryCount?: number | null;
  readonly retryStrategy?: string | null;
  readonly delayInterval?: Duration | null;
  readonly minimumInterval?: Duration | null;
  readonly maximumInterval?: Duration | null;
}

export interface FunctionMetadata {
  readonly name: string;
  readonly functionId?: string;
  readonly bindings: Readonly<Record<string, BindingInfo>>;
  readonly retryOptions?: RetryOptions | null;
  /** The entry point that registered it, relative to the app's folder. */
  readonly scriptFile?: string;
}

/** What was thrown, in a form that survives the way between processes. */
export interface ThrownError {
  readonly message: string;
  readonly stack: string;
}

/** From the host to the app's process. A time is sent only where the app is to follow it. */
export type HostMessage =
  | { readonly kind: 'load'; readonly appFolder: string; readonly nowMs: number | null }
  | { readonly kind: 'invoke'; readonly request: InvocationRequest; readonly nowMs: number | null }
  | { readonly kind: 'terminate' };

/** From the app's process to the host. */
export type WorkerMessage =
  | {
      readonly kind: 'loaded';
      readonly functions: readonly FunctionMetadata[];
      readonly programmingModel: string | null;
      /** Where requests go when the app asked for streams. */
      readonly httpUri: string | null;
    }
  | { readonly kind: 'load-failed'; readonly file: string; readonly error: ThrownError }
  | {
      readonly kind: 'log';
      readonly level: LogLevel;
      readonly source: 'function' | 'worker';
      readonly message: string;
      readonly functionName?: string;
      readonly invocationId?: string;
    }
  | {
      readonly kind: 'invoked';
      readonly invocationId: string;
      readonly response: InvocationResponse | null;
      readonly error: ThrownError | null;
    }
  | { readonly kind: 'crashed'; readonly error: ThrownError };
