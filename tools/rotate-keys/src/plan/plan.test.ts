import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Consumer, Held } from '../consumers/consumer.ts';
import type { OpenRotation } from '../journal/journal-entry.ts';
import { directionOf, type KeyState, planRepair, planRotation, planUndo } from './plan.ts';
import { brokenConsumers, keyRefusals, lacksFirstKey } from './refusals.ts';
import type { Step } from './step.ts';

const secret = (index: number, holds: Held): Consumer => ({
  kind: 'secret',
  label: `secret ${index}`,
  holds,
  immovable: null,
  vaultName: 'kv',
  secretName: `s${index}`,
  version: '',
  value: null,
  tags: {},
  contentType: null,
  tagged: null,
  former: [],
});
const setting = (index: number, holds: Held): Consumer => ({
  kind: 'setting',
  label: `setting ${index}`,
  holds,
  immovable: null,
  appName: 'app',
  setting: `S${index}`,
  value: null,
  shouldBe: null,
  former: [],
});
const stateWith = (consumers: readonly Consumer[]): KeyState => ({
  madeAt: { key1: 'old', key2: 'old' },
  sharedKeyAllowed: true,
  consumers,
  apps: [{ name: 'app', deployed: true, references: [] }],
});
const consumersHolding = (holds: fc.Arbitrary<Held>) =>
  fc
    .array(fc.tuple(fc.boolean(), holds), { maxLength: 5 })
    .map((each) =>
      each.map(([isSecret, held], index) => (isSecret ? secret : setting)(index, held)),
    );

/** What a step does to dependencies that are nothing but its state. */
function take(state: KeyState, step: Step): KeyState {
  const moved = (isIt: (each: Consumer) => boolean, to: Held): KeyState => ({
    ...state,
    consumers: state.consumers.map((each) => (isIt(each) ? { ...each, holds: to } : each)),
  });
  switch (step.do) {
    case 'renew-key':
      expect(state.consumers.filter(({ holds }) => holds === step.key)).toEqual([]);
      return { ...state, madeAt: { ...state.madeAt, [step.key]: 'new' } };
    case 'move-secret':
      return moved(
        (each) => each.kind === 'secret' && each.secretName === step.secretName,
        step.to,
      );
    case 'move-settings':
      return moved(
        (each) => each.kind === 'setting' && step.settings.includes(each.setting),
        step.to,
      );
    default:
      return state;
  }
}

const open: OpenRotation = {
  rotation: 'r',
  account: 'a',
  from: 'key1',
  to: 'key2',
  madeBefore: { key1: 'old', key2: 'old' },
};
const ofFrom = consumersHolding(fc.constant('key1'));
/** After how many steps it is killed, again and again. */
const kills = fc.array(fc.nat({ max: 12 }), { maxLength: 6 });

describe('a rotation', () => {
  it('killed wherever, ends with two new keys and never renews one in use', () => {
    fc.assert(
      fc.property(ofFrom, kills, (consumers, killedAfter) => {
        let state = stateWith(consumers);
        for (const count of killedAfter) {
          state = planRotation(state, open).slice(0, count).reduce(take, state);
        }
        state = planRotation(state, open).reduce(take, state);
        expect(state.madeAt).toEqual({ key1: 'new', key2: 'new' });
        expect(state.consumers.every(({ holds }) => holds === 'key2')).toBe(true);
      }),
    );
  });

  it('can be taken back until the old key is renewed, and then no more', () => {
    fc.assert(
      fc.property(ofFrom, fc.nat({ max: 20 }), (consumers, count) => {
        const begun = stateWith(consumers);
        const state = planRotation(begun, open).slice(0, count).reduce(take, begun);
        const undo = planUndo(state, open);
        if (state.madeAt.key1 === 'new') {
          expect(undo).toBeNull();
          return;
        }
        const back = (undo ?? []).reduce(take, state);
        expect(back.consumers.map(({ holds }) => holds)).toEqual(consumers.map(() => 'key1'));
      }),
    );
  });

  it('moves secrets, then settings, then apps, and looks last', () => {
    const plan = planRotation(stateWith([setting(1, 'key1'), secret(2, 'key1')]), open);
    expect(plan.map((step) => step.do)).toEqual([
      ...['renew-key', 'prove-key', 'move-secret', 'move-settings', 'move-app'],
      ...['renew-key', 'prove-dead'],
    ]);
  });

  it('moves all settings of an app at once, for each write starts it anew', () => {
    const plan = planRotation(stateWith([setting(1, 'key1'), setting(2, 'key1')]), open);
    const moves = plan.filter((step) => step.do === 'move-settings');
    expect(moves).toMatchObject([{ settings: [expect.any(String), expect.any(String)] }]);
  });
});

describe('a repair', () => {
  it('leaves nothing without a key that lives, whatever it held, and renews none', () => {
    const anything = fc.constantFrom<Held>('key1', 'key2', 'dead', 'missing', 'deleted', 'garbage');
    fc.assert(
      fc.property(consumersHolding(anything), (consumers) => {
        const state = planRepair(stateWith(consumers)).reduce(take, stateWith(consumers));
        expect(brokenConsumers(state.consumers)).toEqual([]);
        expect(directionOf(state)).not.toBeNull();
        expect(state.madeAt).toEqual({ key1: 'old', key2: 'old' });
      }),
    );
  });
});

describe('a rotation is refused', () => {
  const refusals = (
    consumers: readonly Consumer[],
    now = '2026-02-01T00:00:00Z',
    inVain: string | null = null,
  ) =>
    keyRefusals({
      state: {
        ...stateWith(consumers),
        madeAt: { key1: '2026-01-01T00:00:00Z', key2: '2026-01-31T23:00:00Z' },
      },
      now: new Date(now),
      graceSeconds: 3_600,
      stack: 'dev',
      madeInVain: { key1: null, key2: inVain },
    }).map(({ reason }) => reason);

  it.each([
    [[secret(1, 'key1')], []],
    [
      [secret(1, 'dead'), setting(2, 'garbage')],
      ['broken', 'broken'],
    ],
    [[secret(1, 'key1'), setting(2, 'key2')], ['both-in-use']],
    [[{ ...secret(1, 'key1'), immovable: 'so' }], ['unmovable']],
    [[{ ...secret(1, 'both'), immovable: 'so' }], ['unmovable']],
    [[secret(1, 'key1'), { ...setting(2, 'unseen'), immovable: 'so' }], ['unmovable']],
  ])('%j: %j', (consumers, reasons) => {
    expect(refusals(consumers)).toEqual(reasons);
  });

  it('while a key is young', () => {
    expect(refusals([secret(1, 'key1')], '2026-01-31T23:59:59Z')).toEqual(['too-young']);
  });

  it('but not for a young key that an undone rotation made and left unused', () => {
    const [soon, made] = ['2026-01-31T23:59:59Z', '2026-01-31T23:00:00Z'];
    expect(refusals([secret(1, 'key1')], soon, made)).toEqual([]);
    expect(refusals([secret(1, 'key1')], soon, '2026-01-31T22:59:59Z')).toEqual(['too-young']);
  });

  it('but not for a secret that was never written', () => {
    expect(lacksFirstKey([secret(1, 'missing')])).toBe(true);
    expect(lacksFirstKey([secret(1, 'missing'), setting(2, 'dead')])).toBe(false);
    expect(lacksFirstKey([secret(1, 'key1')])).toBe(false);
  });
});
