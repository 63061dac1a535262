import {
  MispricedError,
  parseMoney,
  type LedgerDraft,
  type LedgerEntry,
  type Listing,
  type RunSummary,
} from '../domain/index.ts';
import type { RunSettings } from '../pipeline-parts.ts';
import { runSlot, type RunDependencies } from '../run-slot.ts';
import {
  startStopwatch,
  type Halt,
  type HostClocks,
  type LedgerStore,
  type RunArchive,
} from '../stores/index.ts';
import { inventedModel } from './invented-model.ts';
import { inventedVenue, newAccount, type InventedAccount } from './invented-venue.ts';

/** What outlives a run: the ledger's lines, the archive's files and the account at the venue. */
export interface InventedState {
  readonly entries: LedgerEntry[];
  readonly archived: Map<string, string>;
  readonly account: InventedAccount;
  leases: number;
  epoch: number;
  now: number;
}

export function newState(cash?: string): InventedState {
  return {
    entries: [],
    archived: new Map(),
    account: newAccount(cash),
    leases: 0,
    epoch: 1,
    now: Date.parse('2026-01-05T15:25:03Z'),
  };
}

export const slot = new Date('2026-01-05T15:25:03Z');
export const runId = 'lending-20260105T152503Z';

/** The settings of a live run over some listings, every other part invented. */
export function inventedSettings(state: InventedState, listings: readonly Listing[]): RunSettings {
  return {
    strategy: 'lending',
    account: 'main',
    slot,
    stage: 'local',
    mode: 'live',
    venue: inventedVenue({ listings, account: state.account }),
    simulatedMarket: true,
    openModel: () => Promise.resolve({ model: inventedModel(), warning: null }),
    openOwnData: () => Promise.resolve({ sets: [], sources: [] }),
    asOf: null,
    threshold: 0.04,
    limits: {
      perOrder: parseMoney('25.00'),
      perRun: parseMoney('1000.00'),
      perDay: parseMoney('1000.00'),
      perMonth: parseMoney('31000.00'),
      perGroup: null,
      listingShare: '0.25',
      minimumOrder: parseMoney('25.00'),
      step: parseMoney('25.00'),
    },
    cashLimit: null,
    lateness: null,
    timeoutSeconds: 600,
    configuration: { invented: true },
    killSwitch: inventedKillSwitch(null),
    archive: inventedArchive(state),
    batchSize: 2,
    releaseRule: { settleWithinSeconds: 30, releaseAfterHours: 24 },
    clocks: inventedClocks(state),
    sleep: (milliseconds) => {
      state.now += milliseconds;
      return Promise.resolve();
    },
    onProgress: () => undefined,
  };
}

export function inventedKillSwitch(halt: Halt | null): RunSettings['killSwitch'] {
  return {
    read: () => Promise.resolve(halt),
    halt: () => Promise.reject(new Error('not asked')),
    resume: () => Promise.reject(new Error('not asked')),
  };
}

function inventedArchive(state: InventedState): RunArchive {
  const locate = (id: string, name: string): string => `archive/${id}/${name}`;
  return {
    locate,
    write: (id, name, content) => {
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
      state.archived.set(`${id}/${name}`, text);
      return Promise.resolve(locate(id, name));
    },
    read: () => Promise.reject(new Error('not asked')),
    listRuns: () => Promise.reject(new Error('not asked')),
  };
}

/** All clocks of the invented host, which agree. */
function inventedClocks(state: InventedState): HostClocks {
  return { wall: () => state.now, monotonic: () => state.now, uptime: () => state.now };
}

/** A line as a ledger that was read has it. */
export function inventedEntry(draft: LedgerDraft): LedgerEntry {
  return { previous: null, epoch: 1, ...draft };
}

export function inventedLedger(state: InventedState): LedgerStore {
  const append = (...drafts: readonly LedgerDraft[]) => {
    const entries = drafts.map((draft) => ({ ...inventedEntry(draft), epoch: state.epoch }));
    state.entries.push(...entries);
    return Promise.resolve(entries);
  };
  return {
    locate: (slotOfRun) => `ledger/main/${slotOfRun.toISOString().slice(0, 7)}.jsonl`,
    read: () => Promise.resolve([...state.entries]),
    beginEpoch: ({ runId, slot: slotOfRun, at, holder }) => {
      state.epoch += 1;
      return append({
        type: 'lease-taken',
        at: at.toISOString(),
        runId,
        slot: slotOfRun.toISOString(),
        holder,
      });
    },
    append,
  };
}

/** What a store says that has no room. */
export const full = (): MispricedError =>
  new MispricedError({ code: 'STORE_UNAVAILABLE', message: 'the disk is full', fix: 'clear it' });

/** A ledger that does not take entries of one type. */
export function ledgerWithout(state: InventedState, type: LedgerDraft['type']) {
  const ledger = inventedLedger(state);
  return {
    ...ledger,
    append: (...drafts: readonly LedgerDraft[]) =>
      drafts.some((draft) => draft.type === type)
        ? Promise.reject(full())
        : ledger.append(...drafts),
  };
}

export function inventedDependencies(state: InventedState): RunDependencies {
  return {
    ledger: inventedLedger(state),
    acquireLease: () => {
      state.leases += 1;
      return Promise.resolve({
        id: `lease-${state.leases}`,
        storeClock: { latest: () => new Date(state.now), earliest: () => new Date(state.now) },
        sinceTaken: startStopwatch(inventedClocks(state)),
        isSurelyHeld: () => true,
        ensureHeld: () => Promise.resolve(),
        release: () => {
          state.leases -= 1;
          return Promise.resolve();
        },
      });
    },
  };
}

/** Runs the slot over some listings; `change` spoils one part of it at a time. */
export function runOver(
  state: InventedState,
  listings: readonly Listing[],
  change: { settings?: Partial<RunSettings>; dependencies?: Partial<RunDependencies> } = {},
): Promise<RunSummary> {
  return runSlot(
    { ...inventedSettings(state, listings), ...change.settings },
    { ...inventedDependencies(state), ...change.dependencies },
  );
}
