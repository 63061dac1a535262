import { setTimeout as wait } from 'node:timers/promises';
import type { HttpError } from '@mispriced/loopback-server';
import { type Fault, faultError, type FaultPlan, type FaultService } from './fault-plan.ts';

/** What the plan does to a request, once what is slow has been waited for. */
interface MetFault {
  /** What is answered instead of what was asked for. */
  readonly refusal: HttpError | null;
  /** What a change that is taken on ends in. */
  readonly failedOperation: Extract<Fault, { kind: 'failed-operation' }> | null;
  /** The work is done; what would have been said of it never arrives. */
  readonly isLost: boolean;
}

/** Every listener asks here before it answers, so that a plan means the same to each. */
export async function meetFault(args: {
  faults: FaultPlan;
  service: FaultService;
  method: string;
  path: string;
}): Promise<MetFault> {
  const { faults, ...request } = args;
  const fault = faults.take(request);
  if (fault?.kind === 'slow') await wait(fault.milliseconds);
  return {
    refusal: fault?.kind === 'status' ? faultError(fault, args.service) : null,
    failedOperation: fault?.kind === 'failed-operation' ? fault : null,
    isLost: fault?.kind === 'lost',
  };
}
