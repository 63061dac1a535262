import { randomUUID } from 'node:crypto';
import { CloudError } from '../../../src/cloud-error.ts';
import { answer, type CloudResponse } from '../../../src/http/cloud-response.ts';

/** How a type tells that something takes a while. */
export type LongRunning = 'location' | 'azure-async-operation';

/** Long-running operations, by the addresses under which their progress is asked for. */
export interface Operations {
  /** Headers for the first answer; `result` is asked for when the operation is over. */
  start(args: {
    style: LongRunning;
    /** The path below which progress is asked for: `/subscriptions/S/providers/NS/locations/L`. */
    base: string;
    apiVersion: string;
    result: () => CloudResponse;
  }): Record<string, string>;
  /** @throws CloudError 404 for an operation that never was, or was before a restart. */
  poll(id: string, kind: 'operationresults' | 'operationstatuses'): CloudResponse;
}

// 0 makes some clients wait half a minute.
const retryAfterSeconds = '1';

/** Keeps the operations of this process. */
export function openOperations(args: {
  clock: () => Date;
  origin: () => string;
  operationSeconds: () => number;
}): Operations {
  const running = new Map<string, { readyAt: number; result: () => CloudResponse }>();
  return {
    start: ({ style, base, apiVersion, result }) => {
      const id = randomUUID();
      const readyAt = args.clock().getTime() + args.operationSeconds() * 1000;
      running.set(id, { readyAt, result });
      const address = (kind: string): string =>
        `${args.origin()}${base}/${kind}/${id}?api-version=${apiVersion}`;
      return {
        'retry-after': retryAfterSeconds,
        ...(style === 'location'
          ? { location: address('operationresults') }
          : { 'azure-asyncoperation': address('operationStatuses') }),
      };
    },
    poll: (id, kind) => {
      const operation = running.get(id);
      if (operation === undefined) {
        throw new CloudError({
          status: 404,
          code: 'OperationNotFound',
          message: `The operation '${id}' could not be found.`,
        });
      }
      const isOver = args.clock().getTime() >= operation.readyAt;
      const headers = { 'retry-after': retryAfterSeconds };
      if (kind === 'operationstatuses') {
        const status = isOver ? 'Succeeded' : 'InProgress';
        return answer(200, { id, name: id, status }, isOver ? undefined : headers);
      }
      return isOver ? operation.result() : answer(202, undefined, headers);
    },
  };
}
