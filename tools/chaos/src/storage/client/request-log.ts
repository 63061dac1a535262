import type { StorageEffect, StorageRequest } from '../storage-request.ts';

type Changeable = { -readonly [Key in keyof StorageRequest]: StorageRequest[Key] };

/** All tries of all hosts, in the order they were sent. */
export interface RequestLog {
  readonly requests: readonly StorageRequest[];
  /** Notes that a try is sent. What becomes of it is written into what this returns. */
  begin(effect: StorageEffect, fault: StorageRequest['fault']): Changeable;
}

export function createRequestLog(now: () => Date): RequestLog {
  const requests: Changeable[] = [];
  return {
    requests,
    begin: (effect, fault) => {
      const request: Changeable = {
        ...effect,
        number: requests.length + 1,
        sentAt: now(),
        endedAt: null,
        fault,
        tookEffect: false,
        tookEffectAt: null,
        appendedAtOffset: null,
        status: null,
        code: null,
      };
      requests.push(request);
      return request;
    },
  };
}
