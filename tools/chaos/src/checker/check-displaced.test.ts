import { expect, it } from 'vitest';
import { checkDisplaced } from './check-displaced.ts';
import { rawLines } from './test/raw-lines.ts';

const taken = { type: 'lease-taken' };
const next = { path: 'main/2011-01.jsonl', host: 'second', epoch: 2 };

it('finds what a run writes after a later epoch has begun, in another file', () => {
  const lines = rawLines({ ...taken }, { ...taken, ...next }, { type: 'order-intended' });
  expect(checkDisplaced(lines).map(({ facts }) => facts)).toEqual([
    'main: first wrote order-intended of epoch 1 to main/2010-12.jsonl after epoch 2 had begun',
  ]);
});

it('excuses one write that was under way, and no second one', () => {
  const ended = { type: 'run-finished' };
  const lines = rawLines({ ...taken }, { ...taken, ...next }, ended);
  expect(checkDisplaced(lines)).toEqual([]);
  expect(checkDisplaced(rawLines({ ...taken }, { ...taken, ...next }, ended, ended))).toHaveLength(
    1,
  );
});

it('finds a write to a file that a later run has written to', () => {
  const path = 'main/2010-12.jsonl';
  const lines = rawLines({ ...taken }, { ...taken, ...next, path }, { type: 'order-intended' });
  expect(checkDisplaced(lines)).toHaveLength(1);
});

it('lets another account be', () => {
  const other = { ...taken, path: 'second/2010-12.jsonl', epoch: 1 };
  expect(checkDisplaced(rawLines({ ...taken, ...next }, other))).toEqual([]);
});
