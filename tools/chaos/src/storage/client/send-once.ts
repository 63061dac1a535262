import type { FaultPlan } from '../faults/fault-plan.ts';
import type { StorageFault } from '../faults/storage-fault.ts';
import type { BlobService } from '../service/blob-service.ts';
import type { StorageAnswer, StorageCall } from '../service/storage-call.ts';
import { StorageRefusal, type RefusalCode } from '../service/storage-refusal.ts';
import type { StorageEffect } from '../storage-request.ts';
import type { RequestLog } from './request-log.ts';

/** What one try came to: an answer, perhaps cut off, or null where only the network failed. */
export interface Sent {
  readonly answer: StorageAnswer | null;
  readonly isCut: boolean;
}

/** What lies between a client and the service. */
export interface Network {
  readonly service: BlobService;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** How the client's network errors are called: the same for every kind, as none tells it more. */
export const networkErrorCode = 'ECONNRESET';

/** Faults that are an answer of the service, which did nothing. */
const refused: Readonly<Partial<Record<StorageFault['kind'], RefusalCode>>> = {
  busy: 'ServerBusy',
  'internal-error': 'InternalError',
  throttled: 'TooManyRequests',
  conflict: 'SystemInUse',
};

/** Sends a request once, through whatever fault is drawn for it, and notes what became of it. */
export async function sendOnce(
  network: Network,
  call: StorageCall,
  effect: StorageEffect,
): Promise<Sent> {
  const { service, now, sleep } = network;
  const fault = network.faults(effect);
  const noted = network.log.begin(effect, fault?.kind ?? null);
  const serve = (): StorageAnswer => {
    const answer = service.serve(call);
    if (answer.changed) {
      const offset = answer.headers['x-ms-blob-append-offset'];
      noted.tookEffect = true;
      noted.tookEffectAt = now();
      noted.appendedAtOffset = offset === undefined ? null : Number(offset);
    }
    return answer;
  };
  const ended = (answer: StorageAnswer | null, isCut = false): Sent => {
    noted.endedAt = now();
    noted.status = answer?.status ?? null;
    noted.code = answer === null ? networkErrorCode : answer.code;
    return { answer, isCut };
  };
  const refusal = fault === null ? undefined : refused[fault.kind];
  if (refusal !== undefined) return ended(service.refuse(call, new StorageRefusal(refusal)));

  switch (fault?.kind) {
    case 'timed-out':
      if (fault.tookEffect) serve();
      return ended(service.refuse(call, new StorageRefusal('OperationTimedOut')));
    case 'slow': {
      await sleep(fault.thereMilliseconds);
      const answer = serve();
      await sleep(fault.backMilliseconds);
      return ended(answer);
    }
    case 'never-arrives':
      return ended(null);
    case 'answer-lost':
      serve();
      return ended(null);
    case 'arrives-late':
      // Where time itself ends before, it never arrives.
      void sleep(fault.milliseconds).then(serve, () => undefined);
      return ended(null);
    case 'answer-cut':
      return ended(serve(), true);
    default:
      return ended(serve());
  }
}
