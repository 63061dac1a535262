import { MispricedError } from '@mispriced/core';

/** Says that a local cloud is there and does not answer, and how to go on without losing its state. */
export function busyLocalCloud(stateFolder: string, pid: number | null): MispricedError {
  return new MispricedError({
    code: 'INTERNAL',
    message: `The local cloud in ${stateFolder} (process ${pid ?? 0}) is there and does not answer.`,
    fix:
      'Give it time if the machine is busy. Else stop it with `npx mispriced local down`, which ' +
      'keeps what it knows, and start it again.',
  });
}
