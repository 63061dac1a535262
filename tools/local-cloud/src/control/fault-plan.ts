import { z } from 'zod';
import { HttpError } from '@mispriced/loopback-server';

/** The parts of the local cloud that a fault can be planned for. */
const faultServices = [
  ...(['resource-manager', 'identity', 'key-vault', 'storage', 'references'] as const),
  ...(['deployment', 'site'] as const),
] as const;

/**
 * One of them: `references` are the looks that sites take into vaults, `deployment` the hosts that
 * take packages, `site` the function apps' own.
 */
export type FaultService = (typeof faultServices)[number];

const plannedFault = 'A planned fault of the local cloud.';
const usualCodes: Readonly<Record<number, string>> = {
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};
const storageCodes: Readonly<Record<number, string>> = { 500: 'InternalError', 503: 'ServerBusy' };

const where = {
  service: z.enum(faultServices).optional(),
  method: z.string().optional(),
  /** A regular expression over the path, without regard to case. */
  path: z.string().refine(isExpression, 'is no regular expression').optional(),
  /** How many matching requests pass first, and how many then meet the fault. */
  skip: z.number().int().min(0).default(0),
  count: z.number().int().min(1).default(1),
};

/**
 * What can go wrong: an answer of one's own, a delay, work done whose answer is lost, or a change
 * that the resource manager takes on as a long-running operation, which then fails.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...where,
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    retryAfterSeconds: z.number().int().min(0).optional(),
  }),
  z.strictObject({
    ...where,
    kind: z.literal('slow'),
    milliseconds: z.number().int().min(1).max(120_000),
  }),
  z.strictObject({ ...where, kind: z.literal('lost') }),
  z.strictObject({
    ...where,
    kind: z.literal('failed-operation'),
    code: z.string().default('InternalServerError'),
    message: z.string().default(plannedFault),
  }),
]);

/** A planned fault. */
export type Fault = z.infer<typeof faultSchema>;

/** What is to go wrong, and how much of it still will. */
export interface FaultPlan {
  set(faults: readonly Fault[]): void;
  remaining(): readonly Fault[];
  /** The fault that this request meets, which counts as met; null where it meets none. */
  take(request: { service: FaultService; method: string; path: string }): Fault | null;
}

/** An empty plan. */
export function makeFaultPlan(): FaultPlan {
  let faults: readonly Fault[] = [];
  return {
    set: (planned) => {
      faults = planned;
    },
    remaining: () => faults,
    take: (request) => {
      const met = faults.find((fault) => matches(fault, request));
      if (met === undefined) return null;
      const isSkipped = met.skip > 0;
      const next = isSkipped ? { ...met, skip: met.skip - 1 } : { ...met, count: met.count - 1 };
      faults = faults.map((each) => (each === met ? next : each)).filter((each) => each.count > 0);
      return isSkipped ? null : met;
    },
  };
}

/** A planned answer as a refusal, with the code that its service usually has for the status. */
export function faultError(
  fault: Extract<Fault, { kind: 'status' }>,
  service: FaultService,
): HttpError {
  const usual = service === 'storage' ? storageCodes : usualCodes;
  return new HttpError({
    status: fault.status,
    code: fault.code ?? usual[fault.status] ?? 'PlannedFault',
    message: fault.message ?? plannedFault,
    ...(fault.retryAfterSeconds !== undefined && {
      headers: { 'retry-after': String(fault.retryAfterSeconds) },
    }),
  });
}

function matches(
  fault: Fault,
  request: { service: FaultService; method: string; path: string },
): boolean {
  const isChange = request.service === 'resource-manager' && request.method !== 'GET';
  return (
    (fault.kind !== 'failed-operation' || isChange) &&
    (fault.service === undefined || fault.service === request.service) &&
    (fault.method === undefined || fault.method.toUpperCase() === request.method) &&
    (fault.path === undefined || new RegExp(fault.path, 'i').test(request.path))
  );
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text, 'i');
    return true;
  } catch {
    return false;
  }
}
