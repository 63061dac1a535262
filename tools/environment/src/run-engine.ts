import { MispricedError } from '@mispriced/core';
import { cutOff } from './fail-when-cut-off.ts';
import type { EngineEvent } from '@pulumi/pulumi/automation/events.js';

/** What the engine is given so that what it says can be shown and kept. */
export interface EngineHooks {
  onEvent: (event: EngineEvent) => void;
  color: 'never';
}

/**
 * Runs one operation of the engine. While it runs, `report` hears a line for each resource, and what
 * the engine or the program warns of; should it fail, the error holds what the engine called errors,
 * and nothing else that it printed.
 *
 * @throws MispricedError ENVIRONMENT_FAILED.
 */
export async function runEngine<T>(args: {
  what: string;
  report: ((line: string) => void) | undefined;
  run: (hooks: EngineHooks) => Promise<T>;
  onEvent?: (event: EngineEvent) => void;
}): Promise<T> {
  const errors: string[] = [];
  const onEvent = (event: EngineEvent) => {
    args.onEvent?.(event);
    const { diagnosticEvent: diagnostic, resourcePreEvent: step } = event;
    if (diagnostic?.severity === 'error') errors.push(plain(diagnostic.message));
    if (diagnostic?.severity === 'warning') args.report?.(plain(diagnostic.message));
    if (step !== undefined && step.metadata.op !== 'same') {
      args.report?.(`${step.metadata.op} ${step.metadata.urn.split('::').slice(2).join(' ')}`);
    }
  };
  try {
    return await args.run({ onEvent, color: 'never' });
  } catch (error) {
    const said = [...new Set(errors)].filter((text) => text !== 'update failed');
    const message = (said.length > 0 ? said : errorLines(messageOf(error))).join('\n');
    throw new MispricedError({
      code: 'ENVIRONMENT_FAILED',
      message: `${args.what} did not succeed: ${message}`,
      fix: 'What was done is recorded: mend the cause and run the same command again.',
      retryable:
        /Status=(409|429|5\d\d)|currently locked|UNAVAILABLE/.test(message) ||
        message.includes(cutOff),
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Of all that a failed command printed, what it called errors; else the last line of it. */
function errorLines(text: string): string[] {
  const lines = plain(text).split('\n');
  const errors = [...new Set(lines.filter((line) => line.startsWith('error: ')))];
  return errors.length > 0 ? errors.map((line) => line.slice('error: '.length)) : lines.slice(-1);
}

/** Without Pulumi's colour marks. */
function plain(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, '').trim();
}
