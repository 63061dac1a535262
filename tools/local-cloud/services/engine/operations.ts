import { randomUUID } from 'node:crypto';
import { answer, HttpError, type HttpResponse } from '@mispriced/loopback-server';

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
    result: () => HttpResponse;
  }): Record<string, string>;
  /** Headers for the first answer to what is taken on and then fails. */
  startFailing(args: {
    base: string;
    apiVersion: string;
    failure: { readonly code: string; readonly message: string };
  }): Record<string, string>;
  /** @throws HttpError 404 for an operation that never was, or was before a restart. */
  poll(id: string, kind: 'operationresults' | 'operationstatuses'): HttpResponse;
}

interface Operation {
  readonly readyAt: number;
  readonly result: () => HttpResponse;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

// 0 makes some clients wait half a minute.
const retryAfterSeconds = '1';

/** Keeps the operations of this process. */
export function openOperations(args: {
  clock: () => Date;
  origin: () => string;
  operationSeconds: () => number;
}): Operations {
  const running = new Map<string, Operation>();
  const begin = (operation: Omit<Operation, 'readyAt'>): string => {
    const id = randomUUID();
    const readyAt = args.clock().getTime() + args.operationSeconds() * 1000;
    running.set(id, { ...operation, readyAt });
    return id;
  };
  const headersOf = (
    style: LongRunning,
    place: { base: string; apiVersion: string; id: string },
  ): Record<string, string> => {
    const address = (kind: string): string =>
      `${args.origin()}${place.base}/${kind}/${place.id}?api-version=${place.apiVersion}`;
    return {
      'retry-after': retryAfterSeconds,
      ...(style === 'location'
        ? { location: address('operationresults') }
        : { 'azure-asyncoperation': address('operationStatuses') }),
    };
  };
  return {
    start: ({ style, base, apiVersion, result }) =>
      headersOf(style, { base, apiVersion, id: begin({ result, failure: null }) }),
    startFailing: ({ base, apiVersion, failure }) => {
      const id = begin({ result: () => answer(200), failure });
      return headersOf('azure-async-operation', { base, apiVersion, id });
    },
    poll: (id, kind) => {
      const operation = running.get(id);
      if (operation === undefined) {
        throw new HttpError({
          status: 404,
          code: 'OperationNotFound',
          message: `The operation '${id}' could not be found.`,
        });
      }
      const isOver = args.clock().getTime() >= operation.readyAt;
      const headers = { 'retry-after': retryAfterSeconds };
      if (kind === 'operationstatuses') {
        if (!isOver) return answer(200, { id, name: id, status: 'InProgress' }, headers);
        const { failure } = operation;
        if (failure === null) return answer(200, { id, name: id, status: 'Succeeded' });
        return answer(200, { id, name: id, status: 'Failed', error: failure });
      }
      return isOver ? operation.result() : answer(202, undefined, headers);
    },
  };
}
