import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { appEnvironment } from '../app/app-environment.ts';
import type { LogEntry } from '../logs/log-entry.ts';
import type {
  FunctionMetadata,
  HostMessage,
  InvocationRequest,
  InvocationResponse,
  ThrownError,
  WorkerMessage,
} from '../worker/protocol.ts';

const workerPath = fileURLToPath(new URL('../worker/main.ts', import.meta.url));

/** What an app registered when it was loaded. */
export interface LoadedApp {
  readonly functions: readonly FunctionMetadata[];
  readonly programmingModel: string | null;
  readonly httpUri: string | null;
}

/** How a process ended, and what it threw last if it could still tell. */
export interface ProcessExit {
  readonly description: string;
  readonly crash: ThrownError | null;
}

/** What a function, a load or a process threw, brought over from the app's process. */
export class WorkerError extends Error {
  readonly thrown: ThrownError;

  constructor(thrown: ThrownError) {
    super(thrown.message);
    this.name = 'WorkerError';
    this.thrown = thrown;
  }
}

interface Pending {
  resolve(response: InvocationResponse): void;
  reject(error: WorkerError): void;
}

/** A process of its own that runs one app with its settings, and nothing else of this machine's. */
export class AppProcess {
  /** Rejects with a `WorkerError` when the app cannot be loaded. */
  readonly loaded: Promise<LoadedApp>;
  readonly exited: Promise<ProcessExit>;
  readonly #child: ChildProcess;
  readonly #log: (line: Omit<LogEntry, 'time'>) => void;
  readonly #pending = new Map<string, Pending>();
  readonly #load = Promise.withResolvers<LoadedApp>();
  #crash: ThrownError | null = null;
  #hasExited = false;
  #isDying = false;

  constructor(args: {
    readonly appFolder: string;
    readonly settings: Readonly<Record<string, string>>;
    readonly log: (line: Omit<LogEntry, 'time'>) => void;
    /** The time that the app is to believe in, null for the machine's. */
    readonly nowMs: number | null;
  }) {
    this.#log = args.log;
    this.#child = fork(workerPath, ['--hide-compile-cache'], {
      cwd: args.appFolder,
      env: { ...compileCache(), ...appEnvironment(args.settings) },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.loaded = this.#load.promise;
    // Whoever waits for the load hears of its failure; nobody else need.
    this.loaded.catch(() => undefined);
    this.#child.on('message', (message: WorkerMessage) => {
      this.#receive(message);
    });
    this.#logLines(this.#child.stdout, 'information');
    this.#logLines(this.#child.stderr, 'error');
    this.exited = this.#watchExit();
    this.#send({ kind: 'load', appFolder: args.appFolder, nowMs: args.nowMs });
  }

  /** True from the moment it was killed: it takes no more calls, even while it is still there. */
  get isDying(): boolean {
    return this.#isDying;
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /** Rejects with a `WorkerError` for what the function threw, or for the end of the process. */
  invoke(request: InvocationRequest, nowMs: number | null): Promise<InvocationResponse> {
    if (this.#hasExited) return Promise.reject(new WorkerError(gone('before it was called')));
    const pending = Promise.withResolvers<InvocationResponse>();
    this.#pending.set(request.invocationId, pending);
    this.#send({ kind: 'invoke', request, nowMs });
    return pending.promise;
  }

  kill(signal: NodeJS.Signals): void {
    this.#isDying = true;
    this.#child.kill(signal);
  }

  /** Lets the app's own end hooks run, then ends it; one that does not end is killed. */
  async terminate(graceMs: number): Promise<void> {
    this.#isDying = true;
    this.#send({ kind: 'terminate' });
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(killer);
  }

  #send(message: HostMessage): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #receive(message: WorkerMessage): void {
    if (message.kind === 'loaded') this.#load.resolve(message);
    else if (message.kind === 'load-failed') this.#load.reject(new WorkerError(message.error));
    else if (message.kind === 'crashed') this.#crash = message.error;
    else if (message.kind === 'invoked') this.#finish(message);
    else {
      const { level, source, message: text, functionName, invocationId } = message;
      this.#log({
        level,
        source,
        message: text,
        ...(functionName !== undefined && { functionName }),
        ...(invocationId !== undefined && { invocationId }),
      });
    }
  }

  #finish(message: Extract<WorkerMessage, { kind: 'invoked' }>): void {
    const pending = this.#pending.get(message.invocationId);
    this.#pending.delete(message.invocationId);
    if (message.error !== null) pending?.reject(new WorkerError(message.error));
    else pending?.resolve(message.response ?? {});
  }

  #logLines(stream: Readable | null, level: 'information' | 'error'): void {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (message) => {
      this.#log({ level, source: 'console', message });
    });
  }

  async #watchExit(): Promise<ProcessExit> {
    const ended = Promise.withResolvers<string>();
    this.#child.on('error', (error) => {
      ended.resolve(`could not be started: ${error.message}`);
    });
    // `close` comes after the last message and line; a grandchild that holds the pipes delays it.
    this.#child.on('close', (code, signal) => {
      ended.resolve(describeExit(code, signal));
    });
    this.#child.on('exit', (code, signal) => {
      setTimeout(() => {
        ended.resolve(describeExit(code, signal));
      }, 1000).unref();
    });
    const description = await ended.promise;
    this.#hasExited = true;
    const thrown = this.#crash ?? gone(description);
    this.#load.reject(new WorkerError(thrown));
    for (const pending of this.#pending.values()) pending.reject(new WorkerError(thrown));
    this.#pending.clear();
    return { description, crash: this.#crash };
  }
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exited with code ${code ?? 'none'}` : `was ended by ${signal}`;
}

function gone(description: string): ThrownError {
  const message = `The app's process ${description}.`;
  return { message, stack: message };
}

/** What Node compiled once need not be compiled again at each start of an app. The app does not see it. */
function compileCache(): { NODE_COMPILE_CACHE?: string } {
  const { NODE_COMPILE_CACHE: folder } = process.env;
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}
