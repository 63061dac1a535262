import { MispricedError } from '@mispriced/core';

/** A host did something while nothing of it was due. */
export function outOfTurn(host: string, effect: string): MispricedError {
  return new MispricedError({
    code: 'INTERNAL',
    message: `${host} began "${effect}" while it was waiting for virtual time: something of it ran on real time, and the history cannot be repeated.`,
    fix: 'Pass the clock, timers and network of the host to the code that did it, or declare its work with host.realWork.',
  });
}

/** Programs wait, and nothing is left that could happen. */
export function nothingLeft(waiting: readonly string[]): MispricedError {
  const what = waiting.length === 0 ? ['a promise that nothing outside settles'] : waiting;
  return new MispricedError({
    code: 'INTERNAL',
    message: ['The history cannot go on: programs wait for what never comes:', ...what].join(
      '\n  ',
    ),
    fix: 'Let every effect finish, or give what waits for it a time-out.',
  });
}

/** A history that goes in circles. */
export function endless(events: number): MispricedError {
  return new MispricedError({
    code: 'INTERNAL',
    message: `The history has not ended after ${events} events.`,
    fix: 'Look at the end of its trace for what repeats itself; or run it to a fixed moment.',
  });
}
