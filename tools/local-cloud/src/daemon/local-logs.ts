import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a local cloud in the background writes its log. */
export function logFile(stateFolder: string): string {
  return join(stateFolder, 'local-cloud.log');
}

/** The end of the log: one line for each request, without query, headers or bodies. */
export function localLogs(args: { stateFolder: string; lines?: number }): string {
  const file = logFile(args.stateFolder);
  if (!existsSync(file)) return '';
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.slice(-(args.lines ?? 100)).join('\n');
}
