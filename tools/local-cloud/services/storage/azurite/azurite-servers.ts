import { createRequire } from 'node:module';
import { join } from 'node:path';

interface AzuriteServer {
  start(): Promise<void>;
  close(): Promise<void>;
  getHttpServerAddress(): string;
}

interface AzuriteModule {
  readonly default: new (...settings: unknown[]) => AzuriteServer;
}

// Azurite is CommonJS without type declarations.
const require = createRequire(import.meta.url);
const host = '127.0.0.1';
const port = 0;
const keepAliveSeconds = 5;
const accessLog = [false, undefined] as const;
const debugLog = [false, undefined] as const;
const loose = false;
// SDKs send the newest service version they know, which is often newer than Azurite's.
const skipApiVersionCheck = true;

/**
 * Azurite's three servers, not yet started. Loaded only when asked for: a program that reads the
 * local cloud's types does not pay for it. Its telemetry is off, since only its command starts it.
 */
export function azuriteServers(folder: string): Record<'blob' | 'queue' | 'table', AzuriteServer> {
  const withExtents = (service: string): unknown[] => [
    ...[host, port, keepAliveSeconds],
    join(folder, `${service}.json`),
    join(folder, `${service}-extents.json`),
    [{ locationId: 'Default', locationPath: join(folder, service), maxConcurrency: 50 }],
    ...[...accessLog, ...debugLog, loose, skipApiVersionCheck],
  ];
  const tables = [
    ...[host, port, keepAliveSeconds, join(folder, 'table.json')],
    // Here, unlike for blobs and queues, whether there is a debug log comes first.
    ...[debugLog[0], ...accessLog, debugLog[1], loose, skipApiVersionCheck],
  ];
  return {
    blob: server('blob/Blob', withExtents('blob')),
    queue: server('queue/Queue', withExtents('queue')),
    table: server('table/Table', tables),
  };
}

/** How often, in milliseconds, Azurite reads its accounts again; for servers started later. */
export function setAccountRefresh(milliseconds: number): void {
  const constants = require('azurite/dist/src/common/utils/constants.js') as {
    DEFAULT_ACCOUNTS_REFRESH_INTERVAL: number;
  };
  constants.DEFAULT_ACCOUNTS_REFRESH_INTERVAL = milliseconds;
}

function server(module: string, settings: readonly unknown[]): AzuriteServer {
  leaveOutTelemetry();
  const servers = require(`azurite/dist/src/${module}Server.js`) as AzuriteModule;
  const configurations = require(`azurite/dist/src/${module}Configuration.js`) as AzuriteModule;
  return new servers.default(new configurations.default(...settings));
}

/**
 * Azurite loads Application Insights, which takes two thirds of its start, for telemetry that is off
 * here. With nothing in its place, nothing could be sent either.
 */
function leaveOutTelemetry(): void {
  const id = createRequire(require.resolve('azurite/package.json')).resolve('applicationinsights');
  require.cache[id] ??= { id, filename: id, loaded: true, exports: {} } as NodeJS.Module;
}
