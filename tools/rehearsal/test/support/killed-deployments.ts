import type { DeployResult } from '@mispriced/deploy';
import {
  alterPackage,
  openRehearsal,
  type PackageFile,
  type Rehearsal,
  type RehearsedStack,
  strategyPackage,
} from '../../src/index.ts';
import { emptyStores, releasedPackage } from './deployment-container.ts';

/** What a deployment asks of the cloud leaves a line of the cloud's log for each request. */
const step = /^(?:resource-manager|identity|key-vault|deployment|site|storage) /;

/** A request that changes something in the cloud, or may; what is asked by POST alone changes nothing. */
export const isChange = (line: string): boolean =>
  /^(?:resource-manager|key-vault|deployment|storage) (?:PUT|POST|PATCH|DELETE) /.test(line) &&
  !/ POST \S+\/(?:list|listKeys) /.test(line);

/** What a host asks for itself, whether anything is deployed or not. */
const ofHost = '/azure-webjobs-';

/** What came of a deployment that was to be killed. */
interface KilledDeployment {
  /** Requests that were answered before it was killed, or before its end. */
  readonly steps: number;
  readonly wasKilled: boolean;
  /** Whether any of them may have changed anything. */
  readonly hasChanged: boolean;
  /** How it ended where it was not killed. */
  readonly exitCode: number;
  /** The line of the cloud's log at which it was killed. */
  readonly at: string | null;
  /** The whole package in the app's container, at the kill and when all had come to rest. */
  readonly released: readonly [string | null, string | null];
  /** The package whose code answered afterwards, before anything else was sent; null for none. */
  readonly answeredBy: string | null;
}

/** Whether a deployment is to be killed at a line of the cloud's log, the how manieth of its own. */
type IsTheStep = (line: string, count: number) => boolean;

/** One environment, in which deployments are killed and then done properly, two packages in turn. */
export interface KillingGround {
  /** Starts `mispriced deploy` of the package that does not run, and kills it (SIGKILL). */
  kill(isTheStep: IsTheStep): Promise<KilledDeployment>;
  /** The same with an environment that has nothing yet, and with `--bootstrap`. */
  killFirst(isTheStep: IsTheStep): Promise<KilledDeployment>;
  /** The same with a package that does not load there, so that the one before it is put back. */
  killBroken(isTheStep: IsTheStep): Promise<KilledDeployment>;
  /** Deploys the package that does not run properly, which must work whatever was left behind. */
  finish(): Promise<DeployResult>;
  /** The packages that may be seen running. */
  readonly packages: readonly [PackageFile, PackageFile];
  /** One that does not load in an environment, and does elsewhere. */
  readonly broken: PackageFile;
  close(): Promise<void>;
}

/** Brings up an environment whose job does not run meanwhile, with a first package deployed. */
export async function openKillingGround(): Promise<KillingGround> {
  const nobody = (): void => undefined;
  let onLine: (line: string) => void = nobody;
  const rehearsal: Rehearsal = await openRehearsal({
    report: (line) => {
      onLine(line);
    },
  });
  const stack: RehearsedStack = await rehearsal.bringUp('local');
  await stack.setSecrets({ trading_api_key: rehearsal.market.key });
  const first = await strategyPackage();
  const altered = (name: string, code: string): Promise<PackageFile> =>
    alterPackage({ built: first, folder: rehearsal.folder, name, change: { code } });
  const second = await altered('second', "console.log('second');");
  const broken = await altered(
    'broken',
    "if (process.env.WEBSITE_SITE_NAME) throw new Error('only there');",
  );
  await stack.deploy({ bootstrap: true, words: ['--now'] });
  let running = first;
  const other = (): PackageFile => (running === first ? second : first);

  const killOf = async (
    args: { package: PackageFile; bootstrap: boolean },
    isTheStep: IsTheStep,
  ): Promise<KilledDeployment> => {
    const words = await stack.deployWords({ ...args, words: ['--now'] });
    const command = rehearsal.start([...words, '--json']);
    let steps = 0;
    let at: string | null = null;
    let hasChanged = false;
    onLine = (line) => {
      if (!step.test(line) || line.includes(ofHost)) return;
      // One that was under way at the kill still counts.
      hasChanged ||= isChange(line);
      if (at !== null) return;
      steps += 1;
      if (!isTheStep(line, steps)) return;
      at = line;
      command.process.kill('SIGKILL');
    };
    const { exitCode } = await command.end;
    const atTheKill = await releasedPackage(rehearsal, stack);
    await deploymentEnds(rehearsal, stack);
    onLine = nobody;
    const released = [atTheKill, await releasedPackage(rehearsal, stack)] as const;
    const status = await stack.status();
    const wasKilled = command.process.signalCode === 'SIGKILL';
    const answeredBy = status?.release.package ?? null;
    return { steps, at, wasKilled, hasChanged, exitCode, released, answeredBy };
  };
  return {
    packages: [first, second],
    broken,
    kill: (isTheStep) => killOf({ package: other(), bootstrap: false }, isTheStep),
    killFirst: async (isTheStep) => {
      await emptyStores(rehearsal, stack);
      await deploymentEnds(rehearsal, stack);
      running = second;
      return killOf({ package: first, bootstrap: true }, isTheStep);
    },
    killBroken: (isTheStep) => killOf({ package: broken, bootstrap: false }, isTheStep),
    finish: async () => {
      const wanted = other();
      const result = await stack.deploy({ package: wanted, bootstrap: true, words: ['--now'] });
      running = wanted;
      return result;
    },
    close: () => rehearsal.close(),
  };
}

/** What was sent before the kill is put in place by the cloud, with nobody waiting for it. */
async function deploymentEnds(rehearsal: Rehearsal, stack: RehearsedStack): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  for (;;) {
    const { underWay } = (await rehearsal.control('GET', '/deployments')) as {
      underWay: readonly string[];
    };
    const { state } = await stack.site();
    if (underWay.length === 0 && state !== 'starting') return;
    if (Date.now() > giveUpAt) throw new Error('The deployment does not come to its end.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
