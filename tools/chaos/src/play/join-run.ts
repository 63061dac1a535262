import type { HostClocks, RunDependencies, RunSettings } from '@mispriced/core';
import type { AccountName, PlannedRun } from '../history/history-plan.ts';
import type { Host } from '../time/host.ts';
import { inventedModel } from './invented-model.ts';
import type { Product } from './product.ts';
import { identityOf, isOpenAt, marketOf, type World } from './world.ts';

/** As the app waits for another run's lease. */
const leaseWaitSeconds = 20;

/** Joins the product's real parts into a run on a host, as the app's composition does. */
export function joinRun(args: {
  readonly product: Product;
  readonly world: World;
  readonly host: Host;
  readonly run: Omit<PlannedRun, 'host' | 'afterMilliseconds' | 'interruptions'>;
  readonly lateness: RunSettings['lateness'];
}): { settings: RunSettings; dependencies: RunDependencies } {
  const { product, world, host, run } = args;
  const objects = world.objectsOf(host, product);
  const { lateness } = args;
  // As the app's composition: what is on paper has books of its own.
  const mode = lateness?.policy === 'paper' ? 'paper' : run.mode;
  const account = product.booksOf(run.account, mode);
  const clocks = clocksOf(host);
  const sleep = (milliseconds: number): Promise<void> => host.sleep(milliseconds);
  const venue = venueOn(args, run.account);
  return {
    settings: {
      strategy: run.strategy,
      account,
      slot: new Date(run.slot),
      stage: 'prod',
      mode,
      venue,
      simulatedMarket: true,
      openModel: () => Promise.resolve({ model: inventedModel(), warning: null }),
      openOwnData: () => Promise.resolve({ sets: [], sources: [] }),
      asOf: null,
      threshold: 0.04,
      limits: limitsOf(product, run.limits),
      cashLimit: run.cashLimit === null ? null : product.parseMoney(run.cashLimit),
      lateness,
      timeoutSeconds: 600,
      configuration: { invented: true },
      killSwitch: product.createKillSwitch({ objects, account: run.account }),
      archive: product.createRunArchive(objects),
      batchSize: run.batchSize,
      releaseRule: {
        settleWithinSeconds: venue.declaration.settleWithinSeconds,
        releaseAfterHours: world.plan.releaseAfterHours,
      },
      clocks,
      sleep,
      onProgress: () => undefined,
    },
    dependencies: {
      ledger: product.createLedgerStore({ objects, account }),
      acquireLease: async () => {
        await product.refuseFirstLedger(objects);
        return product.acquireRunLease({
          objects,
          account,
          waitSeconds: leaseWaitSeconds,
          clocks,
          sleep,
          every: (milliseconds, act) => host.every(milliseconds, act),
        });
      },
    },
  };
}

function venueOn(
  { product, world, host }: { product: Product; world: World; host: Host },
  account: AccountName,
): RunSettings['venue'] {
  const { accountId, accessKey } = identityOf(account);
  const venue = product.createLendingClubVenue({
    baseUrl: marketOf(world.markets, account).url,
    accountId: String(accountId),
    accessKey: { reveal: () => accessKey },
    accessKeyName: 'trading_api_key',
    requestsPerSecond: 1,
    timeoutSeconds: 30,
    fetch: world.fetchOf(host, account),
    sleep: (milliseconds) => host.sleep(milliseconds),
    random: () => 0.5,
    nowMilliseconds: () => host.monotonicMilliseconds(),
    timeoutSignal: (milliseconds) => host.timeoutSignal(milliseconds),
  });
  const declared = (moment: Date): boolean => isOpenAt(world.plan, moment.getTime());
  return { ...venue, declaration: { ...venue.declaration, isOpenAt: declared } };
}

function limitsOf({ parseMoney }: Product, limits: PlannedRun['limits']): RunSettings['limits'] {
  return {
    perOrder: parseMoney(limits.perOrder),
    perRun: parseMoney(limits.perRun),
    perDay: parseMoney(limits.perDay),
    perMonth: parseMoney(limits.perMonth),
    perGroup: { default: parseMoney(limits.perGroup), byGroup: {} },
    listingShare: '0.25',
    minimumOrder: parseMoney(limits.step),
    step: parseMoney(limits.step),
  };
}

/** The clocks of a host as the product reads them. */
function clocksOf(host: Host): HostClocks {
  return {
    wall: () => host.now().getTime(),
    monotonic: () => host.monotonicMilliseconds(),
    uptime: () => host.uptimeSeconds() * 1000,
  };
}
