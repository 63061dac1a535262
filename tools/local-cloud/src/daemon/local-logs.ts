import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MispricedError } from '@mispriced/core';
import { type TailedFile, tailFile } from '@mispriced/functions-host';
import { type LogLine, type LogSource, logSources } from './log-source.ts';

interface LogArgs {
  readonly stateFolder: string;
  /** One function app's log alone. */
  readonly app?: string;
}

const pollMilliseconds = 200;

/**
 * The end of the logs by time: of the local cloud, one line for each request without query, headers
 * or bodies; of the function apps, what their hosts and their code say.
 *
 * @throws MispricedError CONFIG_INVALID for an app that never ran here
 */
export function localLogs(args: LogArgs & { lines?: number }): string {
  const lines = sourcesOf(args).flatMap((source) => linesOf(source, read(source.file)));
  return lines
    .sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0))
    .slice(-(args.lines ?? 100))
    .map(({ text }) => text)
    .join('\n');
}

/**
 * The same lines, first the end of what is there and then each as it is written, until the signal is
 * aborted. An app that appears meanwhile is followed too.
 *
 * @throws MispricedError CONFIG_INVALID for an app that never ran here
 */
export async function* followLocalLogs(
  args: LogArgs & { signal: AbortSignal; lines?: number },
): AsyncGenerator<string> {
  const followed = new Map<string, TailedFile>();
  let isFirst = true;
  while (!args.signal.aborted) {
    const found: LogLine[] = [];
    for (const source of isFirst ? sourcesOf(args) : logSources(args)) {
      const file = followed.get(source.file) ?? tailFile(source.file);
      followed.set(source.file, file);
      found.push(...linesOf(source, await file.read()));
    }
    found.sort((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0));
    for (const { text } of isFirst ? found.slice(-(args.lines ?? 100)) : found) yield text;
    isFirst = false;
    await sleep(pollMilliseconds, undefined, { signal: args.signal }).catch(() => undefined);
  }
}

function sourcesOf(args: LogArgs): readonly LogSource[] {
  const sources = logSources(args);
  if (args.app === undefined || sources.length > 0) return sources;
  const names = logSources({ stateFolder: args.stateFolder }).flatMap(({ app }) => app ?? []);
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `No function app ${args.app} ran in this local cloud.`,
    fix: `Those that did: ${names.join(', ') || 'none'}.`,
  });
}

function linesOf(source: LogSource, texts: readonly string[]): readonly LogLine[] {
  const lines: LogLine[] = [];
  for (const text of texts) lines.push(source.toLine(text, lines.at(-1)));
  return lines;
}

/** Only whole lines: the last one may still be being written. */
function read(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}
