import type { FunctionSummary } from '@mispriced/functions-host';
import type { SiteFunction } from '../site-runtime.ts';

/** A function of the running package in the shape of a `function.json`. */
export function describeSiteFunction(summary: FunctionSummary): SiteFunction {
  const { name, trigger, schedule, methods, authLevel } = summary;
  const binding =
    trigger === 'timer'
      ? { type: 'timerTrigger', direction: 'in', schedule }
      : { type: 'httpTrigger', direction: 'in', methods, authLevel };
  return { name, config: { name, bindings: [binding], language: 'node' } };
}
