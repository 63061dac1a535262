import { answer, type HttpResponse, type Route } from '@mispriced/loopback-server';
import type { z } from 'zod';
import type { MarketDefinition } from './market-definition.ts';
import { type Problem, problemsOf } from './problem.ts';
import { readJsonBody } from './read-json-body.ts';

/** Where a market is looked into and disturbed, beside its API; no key and no limit apply. */
export const controlBase = '/_control';

/** The routes under `/_control` of one market: those that every market has, and its own. */
export function controlRoutes(market: MarketDefinition): readonly Route[] {
  const { control, faults } = market;
  return [
    {
      method: 'GET',
      path: `${controlBase}/health`,
      handle: () => answer(200, { status: 'ok', simulation: true, ...control.health() }),
    },
    {
      method: 'GET',
      path: `${controlBase}/orders`,
      handle: () => answer(200, control.orders()),
    },
    {
      method: 'GET',
      path: `${controlBase}/faults`,
      handle: () => answer(200, faults.list()),
    },
    replaceRoute({
      what: 'faults',
      schema: faults.schema,
      describeProblems: (problems) => market.describeProblems(problems),
      replace(next) {
        faults.replace(next);
        return faults.list();
      },
    }),
    ...(control.routes ?? []),
  ];
}

/** `PUT /_control/WHAT`: replaces something, or answers 400 with every problem and leaves it. */
export function replaceRoute<Schema extends z.ZodType>(args: {
  readonly what: string;
  readonly schema: Schema;
  readonly describeProblems: (problems: readonly Problem[]) => unknown;
  /** Returns the body of the answer. */
  readonly replace: (value: z.infer<Schema>) => unknown;
}): Route {
  const refuse = (problems: readonly Problem[]): HttpResponse =>
    answer(400, args.describeProblems(problems));
  return {
    method: 'PUT',
    path: `${controlBase}/${args.what}`,
    handle({ request }) {
      const body = readJsonBody(request);
      if (body.problem !== null) return refuse([body.problem]);
      const result = args.schema.safeParse(body.value);
      if (!result.success) return refuse(problemsOf(result.error));
      return answer(200, args.replace(result.data));
    },
  };
}
