import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import { parseTimeSpan } from '../schedule/time-span.ts';

/** The part of host.json that this host follows. */
export interface HostJson {
  /** What stands before the route of every HTTP function; may be empty. */
  readonly routePrefix: string;
  /** How long one run may take, null for without end. */
  readonly functionTimeoutMs: number | null;
}

/** Source: azure-docs functions-timeout-duration.md, the default of Flex Consumption. */
const defaultFunctionTimeoutMs = 30 * 60_000;

const schema = z.object({
  version: z.literal('2.0'),
  functionTimeout: z.string().nullish(),
  extensions: z
    .object({ http: z.object({ routePrefix: z.string().optional() }).optional() })
    .optional(),
});

/**
 * Reads host.json; what it does not know is left to the real host.
 *
 * @throws MispricedError `CONFIG_INVALID` with every problem at once.
 */
export function parseHostJson(text: string): HostJson {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
    );
    throw invalid(problems.join('; '));
  }
  const { functionTimeout, extensions } = parsed.data;
  return {
    routePrefix: (extensions?.http?.routePrefix ?? 'api').replaceAll(/^\/+|\/+$/g, ''),
    functionTimeoutMs: timeoutMs(functionTimeout),
  };
}

function timeoutMs(text: string | null | undefined): number | null {
  if (text === undefined) return defaultFunctionTimeoutMs;
  if (text === null || text === '-1') return null;
  const parsed = parseTimeSpan(text);
  if (parsed === null || parsed <= 0) {
    throw invalid(`functionTimeout: ${JSON.stringify(text)} is no duration such as "00:30:00"`);
  }
  return parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

function invalid(what: string): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `host.json is invalid: ${what}.`,
    fix: 'The least that it must hold is {"version": "2.0"}.',
  });
}
