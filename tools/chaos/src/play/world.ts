import { parseMoney, type ObjectStore } from '@mispriced/core';
import type { AccountName, HistoryPlan } from '../history/history-plan.ts';
import { accountNames } from '../history/history-plan.ts';
import { chanceOf } from '../random/chance.ts';
import { createChaoticMarket, type ChaoticMarket } from '../market/create-chaotic-market.ts';
import {
  createStorageModel,
  faultsBySeed,
  planFaults,
  storageHostOf,
  type StorageModel,
} from '../storage/index.ts';
import { createVirtualTime, type VirtualTime } from '../time/create-virtual-time.ts';
import type { Host } from '../time/host.ts';
import { conductOf } from './conduct-of.ts';
import { earlierPurchases, firstLedgerFile } from './first-ledger.ts';
import { inventedLoans } from './invented-loans.ts';
import type { AcknowledgedLines, SentOrders } from './played-history.ts';
import type { Product } from './product.ts';

/** Everything around the product, and what is watched of it. */
export interface World {
  readonly plan: HistoryPlan;
  readonly time: VirtualTime;
  readonly storage: StorageModel;
  readonly markets: ReadonlyMap<AccountName, ChaoticMarket>;
  readonly sent: readonly SentOrders[];
  readonly acknowledged: readonly AcknowledgedLines[];
  /** What is kept, as a host reaches it; what it is told of the ledger is noted. */
  objectsOf(host: Host, product: Product): ObjectStore;
  /** The network as a host reaches it; the orders that it hands over are noted. */
  fetchOf(host: Host, account: AccountName): typeof fetch;
  /** Lets markets and storage behave from now on. */
  calmDown(): void;
}

/** The account's number at the market, and its key. */
export function identityOf(account: AccountName): { accountId: number; accessKey: string } {
  return { accountId: 12345 + accountNames.indexOf(account), accessKey: `the-key-of-${account}` };
}

/** Dollars of the whole multiple of 25 that an order is rounded up to, as LendingClub documents it. */
const step = 25;
const settleWithinSeconds = 120;

/** Whether the market of a history takes orders at a moment, true time. */
export function isOpenAt({ closedHour }: HistoryPlan, milliseconds: number): boolean {
  return new Date(milliseconds).getUTCHours() !== closedHour;
}

/** Builds the world of a history at its beginning. */
export function createWorld(plan: HistoryPlan): World {
  const chance = chanceOf(plan.seed);
  const state = { isCalm: false };
  const time = createVirtualTime({
    startsAtMilliseconds: Date.parse(plan.startsAt),
    chance: chance.split('time'),
  });
  const written = planFaults(plan.storageFaults);
  const drawn =
    plan.storage === null ? () => null : faultsBySeed(chance.split('storage'), plan.storage);
  const storage = createStorageModel({
    containers: { ledger: null, control: null, runs: null },
    now: () => new Date(time.nowMilliseconds()),
    sleep: (milliseconds) => time.sleep(milliseconds),
    faults: (effect) => (state.isCalm ? null : (written(effect) ?? drawn(effect))),
  });
  const markets = new Map(
    accountNames.map((account) => [
      account,
      createChaoticMarket({
        time,
        declaration: {
          settleWithinSeconds,
          mostFilled: (requested) => requested.dividedBy(step).ceil().times(step),
          isOpenAt: (milliseconds) => isOpenAt(plan, milliseconds),
        },
        conduct: conductOf(
          plan.conduct,
          chance.split('conduct').split(account),
          () => state.isCalm,
        ),
        offers: inventedLoans(plan.loans),
        ...identityOf(account),
        cash: parseMoney(plan.cash),
        requestsPerSecond: plan.requestsPerSecond,
        earlier: account === 'main' ? earlierPurchases(plan) : [],
        person:
          account === 'main'
            ? plan.person.map((action) => ({
                ...action,
                atMilliseconds: Date.parse(plan.startsAt) + action.atMilliseconds,
              }))
            : [],
      }),
    ]),
  );
  const first = firstLedgerFile(plan);
  if (first !== null) storage.put('ledger', first.path, first.text);
  const sent: SentOrders[] = [];
  const acknowledged: AcknowledgedLines[] = [];
  return {
    plan,
    time,
    storage,
    markets,
    sent,
    acknowledged,
    objectsOf(host, product) {
      const service = storage.clientFor(storageHostOf(host));
      const objects = product.createBlobObjectStore({ service });
      let leases = 0;
      return {
        ...objects,
        acquireLease: async (container, path, durationSeconds) => {
          const lease = await objects.acquireLease(container, path, durationSeconds);
          if (lease === null) return null;
          // The SDK draws it by chance that is not the history's, and the ledger shows it.
          leases += 1;
          return { ...lease, id: `lease ${leases} of ${host.name}` };
        },
        append: async (container, path, bytes, offset) => {
          await objects.append(container, path, bytes, offset);
          if (container !== 'ledger') return;
          acknowledged.push({ host: host.name, path, offset, text: Buffer.from(bytes).toString() });
        },
      };
    },
    fetchOf(host, account) {
      const market = marketOf(markets, account);
      const send = market.fetchOf(host);
      return (input, init) => {
        if (init?.method === 'POST') {
          sent.push({
            host: host.name,
            account,
            atMilliseconds: time.nowMilliseconds(),
            body: typeof init.body === 'string' ? init.body : '',
            ledgerLengths: new Map(
              storage
                .pathsOf('ledger')
                .map((path) => [path, storage.contentOf('ledger', path)?.byteLength ?? 0]),
            ),
          });
        }
        return send(input, init);
      };
    },
    calmDown() {
      state.isCalm = true;
    },
  };
}

/** The market of an account. */
export function marketOf(
  markets: ReadonlyMap<AccountName, ChaoticMarket>,
  account: AccountName,
): ChaoticMarket {
  const market = markets.get(account);
  if (market === undefined) throw new Error(`There is no market for ${account}.`);
  return market;
}
