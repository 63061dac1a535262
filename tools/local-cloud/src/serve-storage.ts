import { setTimeout as wait } from 'node:timers/promises';
import type { ArmContext } from '../services/arm/engine/arm-context.ts';
import { accountLookup } from '../services/storage/account-view.ts';
import { writeStorageError } from '../services/storage/storage-error.ts';
import {
  handleStorageRequest,
  type StorageFrontContext,
  type StorageRequest,
} from '../services/storage/storage-front.ts';
import type { FaultPlan } from './control/fault-plan.ts';

/** Puts the fault plan and the log before the storage front. */
export function makeStorageServer(args: {
  cloud: ArmContext;
  faults: FaultPlan;
  log: (line: string) => void;
}): (request: StorageRequest) => Promise<void> {
  const front: StorageFrontContext = {
    ...args.cloud,
    tenantId: args.cloud.directory.tenantId,
    findAccount: accountLookup(args.cloud.resources),
  };
  return async (request) => {
    const { method, path, account, service, outgoing } = request;
    outgoing.once('finish', () => {
      args.log(`storage ${method} ${account}.${service}${path} ${outgoing.statusCode}`);
    });
    const place = `/${account}/${service}${path}`;
    const fault = args.faults.take({ service: 'storage', method, path: place });
    if (fault?.kind === 'slow') await wait(fault.milliseconds);
    if (fault?.kind === 'status') {
      request.incoming.resume();
      writeStorageError(outgoing, {
        status: fault.status,
        code: fault.code ?? (fault.status === 503 ? 'ServerBusy' : 'InternalError'),
        message: fault.message ?? 'A planned fault of the local cloud.',
      });
      return;
    }
    if (fault?.kind === 'lost') loseAnswer(request);
    handleStorageRequest(request, front);
  };
}

/** The work is done; what would have been said of it never arrives. */
function loseAnswer(request: StorageRequest): void {
  const { outgoing } = request;
  outgoing.writeHead = () => {
    outgoing.destroy();
    return outgoing;
  };
}
