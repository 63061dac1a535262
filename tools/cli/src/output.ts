import { styleText } from 'node:util';
import { asMispricedError } from '@mispriced/core';

/** Where a command writes: one value or text for standard output, everything else to standard error. */
export interface Output {
  readonly json: boolean;
  /** One step that was done or begun. */
  progress(message: string): void;
  warn(message: string): void;
  /** The command's result: its value with `--json`, else its text. */
  result(value: unknown, text: string): void;
  error(thrown: unknown): void;
}

/** The streams a command writes to; tests give their own. */
export interface Streams {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Plain lines, in colour on a terminal; with `--json` standard output holds one JSON value alone. */
export function createOutput(streams: Streams, json: boolean): Output {
  // https://no-color.org: any text but an empty one switches colours off.
  const isColoured = streams.stderr.isTTY === true && !streams.environment['NO_COLOR'];
  const colour = (style: 'dim' | 'yellow' | 'red', text: string): string =>
    isColoured ? styleText(style, text, { validateStream: false }) : text;
  const line = (text: string): void => {
    streams.stderr.write(`${text}\n`);
  };
  return {
    json,
    progress: (message) => {
      line(colour('dim', `· ${message}`));
    },
    warn: (message) => {
      line(colour('yellow', `! ${message}`));
    },
    result: (value, text) => {
      streams.stdout.write(`${json ? JSON.stringify(value, null, 2) : text}\n`);
    },
    error: (thrown) => {
      const error = asMispricedError(thrown);
      if (json) streams.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
      line(colour('red', `${error.code}: ${error.message}`));
      line(`  What to do: ${error.fix}`);
    },
  };
}
