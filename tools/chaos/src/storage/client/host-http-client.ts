import { RestError, type IHttpClient, type WebResource } from '@azure/storage-blob';
import type { StorageEffect } from '../storage-request.ts';
import { readWebResource } from './read-web-resource.ts';
import { delayAfter, isTriedAgain, type SdkRetries } from './sdk-retries.ts';
import { networkErrorCode, sendOnce, type Network, type Sent } from './send-once.ts';
import { isStreamed, toHttpAnswer } from './to-http-answer.ts';

/** A host, as storage sees it. */
export interface StorageHost {
  readonly name: string;
  /** How it waits before it asks again; a host that is frozen or killed does not wake. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /**
   * Runs each try of each request: where a host is killed or frozen, before it or after it. What is to
   * seem killed must never return; a thrown error would reach the product, which would handle it.
   */
  readonly around: <Result>(
    effect: StorageEffect,
    perform: () => Promise<Result>,
  ) => Promise<Result>;
}

/** The HTTP client of one host, to be given to the SDK in the place of its own. */
export function createHostHttpClient(args: {
  network: Network;
  host: StorageHost;
  retries: SdkRetries;
}): IHttpClient {
  const { network, host, retries } = args;
  return {
    sendRequest: async (request) => {
      const call = readWebResource(request);
      const { operation, container, path } = call;
      for (let tryNumber = 1; ; tryNumber += 1) {
        const effect = {
          operation,
          container,
          path,
          tryNumber,
          host: host.name,
          kind: 'storage',
        } as const;
        const sent = await host.around(effect, () => sendOnce(network, call, effect));
        const status = sent.answer?.status ?? null;
        if (!isTriedAgain(retries, { tryNumber, status })) return answerOf(request, sent);
        await host.sleep(delayAfter(retries, tryNumber));
      }
    },
  };
}

function answerOf(request: WebResource, sent: Sent): ReturnType<typeof toHttpAnswer> {
  const { answer, isCut } = sent;
  if (answer === null) {
    throw new RestError('read ECONNRESET', { code: networkErrorCode });
  }
  const length = answer.body.length;
  const isCutDownload = isCut && isStreamed(request, answer.status) && length > 1;
  return toHttpAnswer(request, answer, isCutDownload ? Math.floor(length / 2) : null);
}
