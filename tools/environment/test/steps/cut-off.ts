import { setTimeout as sleep } from 'node:timers/promises';
import services from '@pulumi/pulumi/proto/engine_grpc_pb.js';
import { expect } from 'vitest';
import { upEnvironment } from '../../src/index.ts';
import { inventory } from '../bench/inventory.ts';
import type { TestedEnvironment } from '../bench/tested-environment.ts';

type Call = (request: unknown, answer: (error: Error) => void) => unknown;

/**
 * A program that cannot reach its engine fails the update, although the SDK then calls it done: what
 * it had no chance to declare is not taken for unwanted.
 */
export async function deleteNothingWhenCutOff({ args, bench }: TestedEnvironment): Promise<void> {
  const before = inventory(bench.local);
  const restore = cutOffTheEngine();
  try {
    await expect(upEnvironment(args)).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      // Whichever of the two is heard first.
      message: expect.stringMatching(/could not reach the engine|UNAVAILABLE/) as string,
      retryable: true,
    });
  } finally {
    restore();
  }
  expect(inventory(bench.local)).toEqual(before);
  expect(Object.keys((await upEnvironment(args)).changes)).toEqual(['same']);
}

/** Fails what the program asks of the engine first, as gRPC does where nobody answers. */
function cutOffTheEngine(): () => void {
  const client = services.EngineClient.prototype as unknown as { setRootResource: Call };
  const { setRootResource } = client;
  client.setRootResource = (_, answer) => {
    const error = new Error('14 UNAVAILABLE: No connection established.');
    void sleep(5).then(() => {
      answer(Object.assign(error, { code: 14 }));
    });
  };
  return () => {
    client.setRootResource = setRootResource;
  };
}
