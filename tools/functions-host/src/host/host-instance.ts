import { MispricedError } from '@mispriced/core';
import { buildCatalog } from '../catalog/build-catalog.ts';
import type { FunctionCatalog, FunctionDescription } from '../catalog/function-description.ts';
import { settingsWithoutEffect } from '../app/app-environment.ts';
import { hostIdOf } from '../app/host-id.ts';
import { readHostJson } from '../app/read-host-json.ts';
import { buildRouteTable, type RouteTable } from '../http/route-table.ts';
import { AppProcess, WorkerError } from '../invocation/app-process.ts';
import { AppSupervisor } from '../invocation/app-supervisor.ts';
import { Invoker } from '../invocation/invoker.ts';
import type { HostState } from './functions-host.ts';
import type { HostContext } from './host-context.ts';
import { TimerGroup } from './timer-group.ts';

/** One life of a host, from a start or restart to the end: an app as it was loaded once. */
export class HostInstance {
  readonly hostId: string;
  readonly instanceId: string;
  readonly supervisor: AppSupervisor;
  readonly #context: HostContext;
  readonly #appFolder: string;
  readonly #settings: Readonly<Record<string, string>>;
  #state: HostState = 'Starting';
  #errors: readonly string[] = [];
  #catalog: FunctionCatalog = { functions: [], errors: {} };
  #routes: RouteTable | null = null;
  #routePrefix = '';
  #invoker: Invoker | null = null;
  #timers: TimerGroup | null = null;

  constructor(args: {
    readonly context: HostContext;
    readonly appFolder: string;
    readonly settings: Readonly<Record<string, string>>;
  }) {
    this.#context = args.context;
    this.#appFolder = args.appFolder;
    this.#settings = args.settings;
    this.hostId = hostIdOf(args);
    this.instanceId = args.context.createId();
    const { clock, log, appFollowsClock, initializationTimeoutMs } = args.context;
    this.supervisor = new AppSupervisor({
      clock,
      log: (line) => {
        log.write(line);
      },
      spawn: () =>
        new AppProcess({
          appFolder: args.appFolder,
          settings: args.settings,
          log: (line) => {
            log.write(line);
          },
          nowMs: appFollowsClock ? clock.now().getTime() : null,
        }),
      initializationTimeoutMs,
      onRestartFailed: (error) => {
        this.#fail(error);
      },
    });
  }

  get state(): HostState {
    return this.#state;
  }

  get errors(): readonly string[] {
    return this.#errors;
  }

  get functionErrors(): Readonly<Record<string, string>> {
    return { ...this.#catalog.errors, ...this.#timers?.errors };
  }

  get functions(): readonly FunctionDescription[] {
    return this.#catalog.functions;
  }

  get routePrefix(): string {
    return this.#routePrefix;
  }

  /** What it takes to answer a request; null while the app does not run. */
  get serving(): { readonly routes: RouteTable; readonly invoker: Invoker } | null {
    if (this.#state !== 'Running' || this.#routes === null || this.#invoker === null) return null;
    return { routes: this.#routes, invoker: this.#invoker };
  }

  /** Where requests are streamed to, for an app that asked for that. */
  get httpUri(): string | null {
    return this.supervisor.app?.httpUri ?? null;
  }

  nextOf(functionName: string): Date | null {
    return this.#timers?.next(functionName) ?? null;
  }

  /** Never rejects: an app that cannot be started leaves the host in the state `Error`. */
  async start(): Promise<void> {
    try {
      await this.#load();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Ends this life: see `FunctionsHost` for what each way stands for. */
  async end(how: 'drain' | 'recreate' | 'lost'): Promise<void> {
    this.#state = how === 'lost' ? 'Offline' : 'Stopping';
    if (how === 'drain') await this.#timers?.stop();
    else if (how === 'recreate') this.#timers?.abandonRuns();
    else this.#timers?.abandon();
    await this.supervisor.end(how === 'lost' ? 'SIGKILL' : 'terminate');
    if (how === 'recreate') await this.#timers?.stop();
    if (how !== 'lost') this.#state = 'Stopped';
  }

  async #load(): Promise<void> {
    const { clock, log, activity, appFollowsClock, runTimers } = this.#context;
    for (const name of settingsWithoutEffect(this.#settings)) {
      const message = `The setting ${name} has no effect: the app runs in UTC.`;
      log.write({ level: 'warning', source: 'host', message });
    }
    const hostJson = await readHostJson(this.#appFolder);
    const app = await this.supervisor.start();
    const settings = this.#settings;
    this.#routePrefix = hostJson.routePrefix;
    this.#catalog = buildCatalog({
      registered: app.functions,
      settings,
      routePrefix: hostJson.routePrefix,
      now: clock.now(),
    });
    for (const message of Object.values(this.#catalog.errors)) {
      log.write({ level: 'error', source: 'host', message });
    }
    if (app.functions.length === 0) {
      throw new Error('No functions were found: what main of package.json names registers none.');
    }
    this.#routes = buildRouteTable({ functions: this.functions, routePrefix: this.#routePrefix });
    this.#invoker = new Invoker({
      process: () => this.supervisor.current(),
      clock,
      log: (line) => {
        log.write(line);
      },
      activity,
      functionTimeoutMs: hostJson.functionTimeoutMs,
      tellsTheTime: appFollowsClock,
    });
    this.#state = 'Running';
    const names = this.functions.map((description) => description.name).join(', ');
    const message = `Host started (${this.hostId}, instance ${this.instanceId}): ${names}`;
    log.write({ level: 'information', source: 'host', message });
    if (runTimers) await this.#startTimers(this.#invoker);
  }

  async #startTimers(invoker: Invoker): Promise<void> {
    const { hostId, instanceId, functions } = this;
    const context = this.#context;
    this.#timers = new TimerGroup({ functions, hostId, instanceId, context, invoker });
    await this.#timers.start();
  }

  #fail(error: unknown): void {
    if (this.#state === 'Stopping' || this.#state === 'Stopped') return;
    this.#state = 'Error';
    this.#errors = [reasonOf(error)];
    this.#context.log.write({ level: 'error', source: 'host', message: reasonOf(error) });
    this.#timers?.abandonRuns();
    void this.#timers?.stop();
    void this.supervisor.end('SIGKILL');
  }
}

/** All that is known of a failure: what the app threw with its stack, or our own words. */
function reasonOf(error: unknown): string {
  if (error instanceof WorkerError) return error.thrown.stack;
  if (error instanceof MispricedError) return `${error.message} ${error.fix}`;
  return error instanceof Error ? error.message : String(error);
}
