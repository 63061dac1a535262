import type { FaultKind } from './faults/storage-fault.ts';
import type { StorageOperation } from './storage-operation.ts';

/** One try of one request, as a host sends it: what a fault is drawn for, and what a host may die at. */
export interface StorageEffect {
  readonly kind: 'storage';
  readonly host: string;
  readonly operation: StorageOperation;
  readonly container: string;
  /** The blob's name; for a listing its prefix; empty where a container is meant. */
  readonly path: string;
  /** 1 for the first, higher where the SDK sends the same again. */
  readonly tryNumber: number;
}

/** What became of one try. */
export interface StorageRequest extends StorageEffect {
  /** Counts all tries of all hosts, from 1, in the order they were sent. */
  readonly number: number;
  readonly sentAt: Date;
  /** Null while it is under way, and for ever where its host was killed. */
  readonly endedAt: Date | null;
  readonly fault: FaultKind | null;
  /** True once it has changed what is stored, whatever its host was told. */
  readonly tookEffect: boolean;
  /** When it changed what is stored, true time. */
  readonly tookEffectAt: Date | null;
  /** Of an append that took effect: the bytes that were there before it. */
  readonly appendedAtOffset: number | null;
  /** What its host was told: an HTTP status, or null where no answer came. */
  readonly status: number | null;
  /** Azure's error code, or the network's, or null where there was no error. */
  readonly code: string | null;
}

/** One request as one line, for a history that people read. */
export function describeStorageRequest(request: StorageRequest): string {
  const place = request.path === '' ? request.container : `${request.container}/${request.path}`;
  const told =
    request.endedAt === null
      ? 'under way'
      : request.status === null
        ? `no answer (${request.code ?? 'no code'})`
        : [request.status, request.code].filter((part) => part !== null).join(' ');
  return [
    request.sentAt.toISOString(),
    `${request.host}: ${request.operation} ${place}`,
    ...(request.tryNumber > 1 ? [`try ${request.tryNumber}`] : []),
    ...(request.fault === null ? [] : [`[${request.fault}]`]),
    `-> ${told}${request.tookEffect ? ', took effect' : ''}`,
  ].join(' ');
}
