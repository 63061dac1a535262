import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A line of a log as it is shown, with the time it begins with. */
export interface LogLine {
  readonly time: string;
  readonly text: string;
}

/** A file that somebody logs to: the local cloud itself, or one of its function apps. */
export interface LogSource {
  readonly file: string;
  /** Null for the local cloud. */
  readonly app: string | null;
  /** A line that has no time of its own belongs to the one before it. */
  toLine(text: string, before: LogLine | undefined): LogLine;
}

const entrySchema = z.object({
  time: z.string(),
  level: z.string(),
  message: z.string(),
  functionName: z.string().optional(),
});

/** Where a local cloud in the background writes its log. */
export function logFile(stateFolder: string): string {
  return join(stateFolder, 'local-cloud.log');
}

/**
 * Everything that logs in a state folder now, or one of its function apps alone.
 *
 * @param args.app An app's name.
 */
export function logSources(args: { stateFolder: string; app?: string }): readonly LogSource[] {
  const folder = join(args.stateFolder, 'services', 'function-apps', 'sites');
  const apps = existsSync(folder) ? readdirSync(folder) : [];
  const wanted = args.app?.toLowerCase();
  const ofApps = apps
    .filter((app) => wanted === undefined || app === wanted)
    .map((app): LogSource => ({
      app,
      file: join(folder, app, 'host.log'),
      toLine: (text) => appLine(app, text),
    }));
  return wanted === undefined ? [cloudSource(args.stateFolder), ...ofApps] : ofApps;
}

function cloudSource(stateFolder: string): LogSource {
  return {
    file: logFile(stateFolder),
    app: null,
    toLine: (text, before) => {
      const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(text)?.[0];
      return { time: time ?? before?.time ?? '', text };
    },
  };
}

/** `TIME APP LEVEL FUNCTION: MESSAGE`. */
function appLine(app: string, text: string): LogLine {
  const { time, level, message, functionName } = entrySchema.parse(JSON.parse(text));
  const where = functionName === undefined ? '' : ` ${functionName}:`;
  return { time, text: `${time} ${app} ${level}${where} ${message}` };
}
