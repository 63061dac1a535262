import type { ArmContext } from '../services/arm/engine/arm-context.ts';
import { accountLookup } from '../services/storage/account-view.ts';
import { writeStorageError } from '../services/storage/storage-error.ts';
import {
  handleStorageRequest,
  type StorageFrontContext,
} from '../services/storage/storage-front.ts';
import type { StorageRequest } from '../services/storage/storage-request.ts';
import { meetFault } from './control/meet-fault.ts';
import type { DispatchContext } from './dispatch-context.ts';
import { loseAnswer } from './http/lose-answer.ts';
import { recordRequest } from './record-request.ts';

/** Puts the fault plan, the record and the log before the storage front. */
export function makeStorageServer(
  args: { cloud: ArmContext } & Pick<DispatchContext, 'control' | 'log'>,
): (request: StorageRequest) => Promise<void> {
  const front: StorageFrontContext = {
    ...args.cloud,
    tenantId: args.cloud.directory.tenantId,
    findAccount: accountLookup(args.cloud.resources),
  };
  return async (request) => {
    const { method, path, account, outgoing } = request;
    const service = 'storage';
    const hostname = `${account}.${request.service}.localhost`;
    outgoing.once('finish', () => {
      recordRequest(args, { service, method, hostname, path, status: outgoing.statusCode });
    });
    const { faults } = args.control;
    const place = `/${account}/${request.service}${path}`;
    const { refusal, isLost } = await meetFault({ faults, service, method, path: place });
    if (refusal !== null) {
      request.incoming.resume();
      writeStorageError(outgoing, refusal);
      return;
    }
    if (isLost) loseAnswer(outgoing);
    handleStorageRequest(request, front);
  };
}
