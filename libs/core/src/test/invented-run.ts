import { parseMoney, type LedgerEntry, type Listing, type RunSummary } from '../domain/index.ts';
import type { RunSettings } from '../pipeline-parts.ts';
import { runSlot, type RunDesk } from '../run-slot.ts';
import type { Halt, LedgerStore, RunArchive } from '../stores/index.ts';
import { inventedModel } from './invented-model.ts';
import { inventedVenue, newAccount, type InventedAccount } from './invented-venue.ts';

/** What outlives a run: the ledger's lines, the archive's files and the account at the venue. */
export interface InventedWorld {
  readonly entries: LedgerEntry[];
  readonly archived: Map<string, string>;
  readonly account: InventedAccount;
  leases: number;
  now: number;
}

export function newWorld(cash?: string): InventedWorld {
  return {
    entries: [],
    archived: new Map(),
    account: newAccount(cash),
    leases: 0,
    now: Date.parse('2026-01-05T15:25:03Z'),
  };
}

export const slot = new Date('2026-01-05T15:25:03Z');
export const runId = 'lending-20260105T152503Z';

/** The settings of a live run over some listings, every other part invented. */
export function inventedSettings(world: InventedWorld, listings: readonly Listing[]): RunSettings {
  return {
    strategy: 'lending',
    slot,
    stage: 'local',
    mode: 'live',
    venue: inventedVenue({ listings, account: world.account }),
    simulatedMarket: true,
    openModel: () => Promise.resolve({ model: inventedModel(), warning: null }),
    openOwnData: () => Promise.resolve({ sets: [], sources: [] }),
    asOf: null,
    threshold: 0.04,
    limits: {
      perOrder: parseMoney('25.00'),
      perRun: parseMoney('1000.00'),
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
    archive: inventedArchive(world),
    batchSize: 2,
    settleAfterSeconds: 30,
    now: () => new Date(world.now),
    sleep: (milliseconds) => {
      world.now += milliseconds;
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

function inventedArchive(world: InventedWorld): RunArchive {
  const locate = (id: string, name: string): string => `archive/${id}/${name}`;
  return {
    locate,
    write: (id, name, content) => {
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
      world.archived.set(`${id}/${name}`, text);
      return Promise.resolve(locate(id, name));
    },
    read: () => Promise.reject(new Error('not asked')),
    listRuns: () => Promise.reject(new Error('not asked')),
  };
}

export function inventedLedger(world: InventedWorld): LedgerStore {
  return {
    location: 'ledger/lending/2026-01.jsonl',
    read: () => Promise.resolve([...world.entries]),
    append: (...entries) => {
      world.entries.push(...entries);
      return Promise.resolve();
    },
  };
}

export function inventedDesk(world: InventedWorld): RunDesk {
  return {
    ledger: inventedLedger(world),
    acquireLease: () => {
      world.leases += 1;
      return Promise.resolve({
        ensureHeld: () => Promise.resolve(),
        release: () => {
          world.leases -= 1;
          return Promise.resolve();
        },
      });
    },
  };
}

/** Runs the slot over some listings; `change` spoils one part of the world at a time. */
export function runOver(
  world: InventedWorld,
  listings: readonly Listing[],
  change: { settings?: Partial<RunSettings>; desk?: Partial<RunDesk> } = {},
): Promise<RunSummary> {
  return runSlot(
    { ...inventedSettings(world, listings), ...change.settings },
    { ...inventedDesk(world), ...change.desk },
  );
}
