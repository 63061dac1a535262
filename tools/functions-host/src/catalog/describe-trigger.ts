import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import { parseRouteTemplate } from '../http/route-template.ts';
import { createTimerSchedule } from '../schedule/timer-schedule.ts';
import type { BindingInfo } from '../worker/protocol.ts';
import type { FunctionDescription, HttpTrigger, TimerTrigger } from './function-description.ts';

const timerBinding = z.object({
  schedule: z.string().min(1),
  runOnStartup: z.boolean().optional(),
  useMonitor: z.boolean().optional(),
});

const httpBinding = z.object({
  route: z.string().optional(),
  methods: z.array(z.string()).optional(),
  authLevel: z.enum(['anonymous', 'function', 'admin']).default('function'),
});

/** Everything that the meaning of a trigger depends on besides itself. */
export interface TriggerSurroundings {
  readonly functionName: string;
  readonly settings: Readonly<Record<string, string>>;
  /** What host.json puts before every route. */
  readonly routePrefix: string;
  readonly now: Date;
}

/** Where the host's own routes begin. */
const builtInRoutes = ['admin', 'runtime'];

/**
 * Reads the trigger among a function's bindings.
 *
 * @throws MispricedError `CONFIG_INVALID` for one that is wrong or that this host cannot play.
 */
export function describeTrigger(
  bindings: Readonly<Record<string, BindingInfo>>,
  surroundings: TriggerSurroundings,
): FunctionDescription['trigger'] {
  let trigger: FunctionDescription['trigger'] | null = null;
  for (const [bindingName, binding] of Object.entries(bindings)) {
    const type = (binding.type ?? '').toLowerCase();
    if (type === 'timertrigger') trigger = describeTimer(bindingName, binding, surroundings);
    else if (type === 'httptrigger') trigger = describeHttp(bindingName, binding, surroundings);
    else if (type !== 'http') throw notSupported(binding);
  }
  if (trigger === null) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: 'The function has no trigger.',
      fix: 'Register it with app.timer or app.http.',
    });
  }
  return trigger;
}

function describeTimer(
  bindingName: string,
  binding: BindingInfo,
  { settings, now }: TriggerSurroundings,
): TimerTrigger {
  const declared = read(timerBinding, binding);
  const schedule = createTimerSchedule({ schedule: declared.schedule, settings });
  return {
    kind: 'timer',
    bindingName,
    schedule,
    runOnStartup: declared.runOnStartup ?? false,
    // One that comes twice within a minute keeps no status, even where it asks for one.
    useMonitor: (declared.useMonitor ?? true) && !schedule.isSubMinute(now),
  };
}

function describeHttp(
  bindingName: string,
  binding: BindingInfo,
  { functionName, routePrefix }: TriggerSurroundings,
): HttpTrigger {
  const declared = read(httpBinding, binding);
  const route = (declared.route ?? functionName).replaceAll(/^\/+|\/+$/g, '');
  parseRouteTemplate(route);
  const firstSegment = `${routePrefix}/${route}`.split('/').find((segment) => segment !== '') ?? '';
  if (builtInRoutes.includes(firstSegment.toLowerCase())) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: 'The specified route conflicts with one or more built in routes.',
      fix: `Begin its route with something else than ${builtInRoutes.join(' or ')}.`,
    });
  }
  const methods = (declared.methods ?? []).map((method) => method.toUpperCase());
  return { kind: 'http', bindingName, route, methods, authLevel: declared.authLevel };
}

function read<Schema extends z.ZodType>(schema: Schema, binding: BindingInfo): z.infer<Schema> {
  const result = schema.safeParse(binding);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `Its trigger is invalid: ${problems.join('; ')}.`,
    fix: 'Mend the options of its registration.',
  });
}

function notSupported(binding: BindingInfo): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The binding type '${binding.type ?? ''}' is not supported by this host double.`,
    fix: 'Timer and HTTP functions run here; others need Azure or the real host (func start).',
  });
}
