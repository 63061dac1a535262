import { expect, it } from 'vitest';
import { locksIn } from './stack-lock.ts';

const said = `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  file:///x/.pulumi/locks/organization/mispriced/pr-1/5f.json: created by runner@fv-az1 (pid 2211) at 2026-11-23T21:05:00+01:00`;

it('reads who holds a lock from what the engine says, wherever that stands', () => {
  const lock = {
    holder: 'runner@fv-az1 (pid 2211)',
    host: 'fv-az1',
    processId: 2211,
    since: new Date('2026-11-23T20:05:00Z'),
  };
  expect(locksIn(new Error(said))).toEqual([lock]);
  expect(locksIn(new Error('Destroying did not succeed', { cause: new Error(said) }))).toEqual([
    lock,
  ]);
});

it('finds none in another error', () => {
  expect(locksIn(new Error('created by a@b (pid 1) at noon'))).toEqual([]);
  expect(locksIn('the stack is gone')).toEqual([]);
});
