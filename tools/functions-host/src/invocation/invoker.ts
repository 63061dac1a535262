import type { FunctionDescription } from '../catalog/function-description.ts';
import type { Clock } from '../clock/clock.ts';
import type { LogEntry } from '../logs/log-entry.ts';
import { formatTimeSpan } from '../schedule/time-span.ts';
import type { RetryState } from '../timers/run-with-retries.ts';
import type {
  InvocationRequest,
  InvocationResponse,
  ThrownError,
  TypedData,
} from '../worker/protocol.ts';
import { describeThrown } from '../worker/thrown-error.ts';
import type { Activity } from './activity.ts';
import { type AppProcess, WorkerError } from './app-process.ts';

/** How one run of a function ended. */
export interface InvocationOutcome {
  readonly invocationId: string;
  readonly functionName: string;
  /** ISO 8601 in UTC, by the host's clock. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly response: InvocationResponse | null;
  readonly error: ThrownError | null;
}

/** One run to be made. */
export interface Invocation {
  readonly invocationId: string;
  readonly target: FunctionDescription;
  readonly reason: string;
  readonly data: TypedData;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  readonly retry?: RetryState | null;
}

/** Runs functions in the app's process, within the time that host.json allows, and logs each run. */
export class Invoker {
  readonly #process: () => Promise<AppProcess>;
  readonly #clock: Clock;
  readonly #log: (line: Omit<LogEntry, 'time'>) => void;
  readonly #activity: Activity;
  readonly #functionTimeoutMs: number | null;
  readonly #tellsTheTime: boolean;

  constructor(args: {
    readonly process: () => Promise<AppProcess>;
    readonly clock: Clock;
    readonly log: (line: Omit<LogEntry, 'time'>) => void;
    readonly activity: Activity;
    readonly functionTimeoutMs: number | null;
    /** Whether the app's `Date` is to follow the host's clock. */
    readonly tellsTheTime: boolean;
  }) {
    this.#process = args.process;
    this.#clock = args.clock;
    this.#log = args.log;
    this.#activity = args.activity;
    this.#functionTimeoutMs = args.functionTimeoutMs;
    this.#tellsTheTime = args.tellsTheTime;
  }

  /** Never rejects: what went wrong stands in the outcome, and in the log. */
  run(invocation: Invocation): Promise<InvocationOutcome> {
    return this.#activity.track(() => this.#run(invocation));
  }

  async #run(invocation: Invocation): Promise<InvocationOutcome> {
    const { invocationId, target, reason } = invocation;
    const functionName = target.name;
    const started = this.#clock.now();
    this.#say(
      'information',
      `Executing 'Functions.${functionName}' (Reason='${reason}')`,
      invocation,
    );
    let response: InvocationResponse | null = null;
    let error: ThrownError | null = null;
    try {
      response = await this.#runWithinTime(invocation);
    } catch (thrown) {
      error = thrown instanceof WorkerError ? thrown.thrown : describeThrown(thrown);
    }
    const durationMs = this.#clock.now().getTime() - started.getTime();
    const ended = `Executed 'Functions.${functionName}'`;
    if (error === null)
      this.#say('information', `${ended} (Succeeded, ${durationMs} ms)`, invocation);
    else this.#say('error', `${ended} (Failed, ${durationMs} ms)\n${error.stack}`, invocation);
    const startedAt = started.toISOString();
    return { invocationId, functionName, startedAt, durationMs, response, error };
  }

  async #runWithinTime(invocation: Invocation): Promise<InvocationResponse> {
    const process = await this.#process();
    const nowMs = this.#tellsTheTime ? this.#clock.now().getTime() : null;
    const answer = process.invoke(toRequest(invocation), nowMs);
    if (this.#functionTimeoutMs === null) return answer;
    const limit = Promise.withResolvers<never>();
    const message =
      `Timeout value of ${formatTimeSpan(this.#functionTimeoutMs)} was exceeded by function: ` +
      `Functions.${invocation.target.name}`;
    const cancel = this.#clock.setTimeout(() => {
      limit.reject(new WorkerError({ message, stack: message }));
      // A run cannot be stopped from outside but with its process, which is then started again.
      process.kill('SIGKILL');
    }, this.#functionTimeoutMs);
    // The process's end would otherwise be an unhandled rejection of the answer that lost the race.
    answer.catch(() => undefined);
    try {
      return await Promise.race([answer, limit.promise]);
    } finally {
      cancel();
    }
  }

  #say(level: 'information' | 'error', message: string, invocation: Invocation): void {
    const { invocationId, target } = invocation;
    this.#log({ level, source: 'host', message, functionName: target.name, invocationId });
  }
}

function toRequest(invocation: Invocation): InvocationRequest {
  const { invocationId, target, retry } = invocation;
  const traceId = invocationId.replaceAll('-', '').padEnd(32, '0').slice(0, 32);
  return {
    invocationId,
    functionId: target.name,
    inputData: [{ name: target.trigger.bindingName, data: invocation.data }],
    triggerMetadata: invocation.triggerMetadata ?? {},
    traceContext: { traceParent: `00-${traceId}-${traceId.slice(0, 16)}-01` },
    ...(retry && {
      retryContext: {
        retryCount: retry.retryCount,
        maxRetryCount: retry.maxRetryCount,
        exception: { message: retry.error.message, stackTrace: retry.error.stack },
      },
    }),
  };
}
