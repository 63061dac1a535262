import type { DeployResult } from '@mispriced/deploy';
import {
  alterPackage,
  openRehearsal,
  type PackageFile,
  type Rehearsal,
  type RehearsedStack,
  strategyPackage,
} from '../../src/index.ts';

/** What a deployment asks of the cloud leaves a line of the cloud's log for each request. */
const step = /^(?:resource-manager|identity|key-vault|deployment|site|storage) /;

/** What came of a deployment that was to be killed. */
interface KilledDeployment {
  /** Requests that were answered before it was killed, or before its end. */
  readonly steps: number;
  readonly wasKilled: boolean;
  /** The line of the cloud's log at which it was killed. */
  readonly at: string | null;
  /** The package whose code answered afterwards, before anything else was sent. */
  readonly answeredBy: string | null;
}

/** One environment, in which deployments are killed and then done properly, two packages in turn. */
export interface KillingGround {
  /** Starts `mispriced deploy` of the package that does not run, and kills it (SIGKILL). */
  kill(isTheStep: (line: string, count: number) => boolean): Promise<KilledDeployment>;
  /** Deploys that package properly, which must work whatever was left behind. */
  finish(): Promise<DeployResult>;
  /** The packages that may be seen running. */
  readonly packages: readonly [PackageFile, PackageFile];
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
  const second = await alterPackage({
    ...{ built: first, folder: rehearsal.folder, name: 'second' },
    change: { code: "console.log('second');" },
  });
  await stack.deploy({ bootstrap: true, words: ['--now'] });
  let running = first;
  const other = (): PackageFile => (running === first ? second : first);

  const kill: KillingGround['kill'] = async (isTheStep) => {
    const words = await stack.deployWords({ package: other(), words: ['--now'] });
    const command = rehearsal.start([...words, '--json']);
    let steps = 0;
    let at: string | null = null;
    onLine = (line) => {
      if (!step.test(line) || at !== null) return;
      steps += 1;
      if (!isTheStep(line, steps)) return;
      at = line;
      command.process.kill('SIGKILL');
    };
    await command.end;
    onLine = nobody;
    await deploymentEnds(rehearsal, stack);
    const status = await stack.status();
    return {
      ...{ steps, at, wasKilled: command.process.signalCode === 'SIGKILL' },
      answeredBy: status?.release.package ?? null,
    };
  };
  return {
    ...{ kill, packages: [first, second] },
    finish: async () => {
      const wanted = other();
      const result = await stack.deploy({ package: wanted, words: ['--now'] });
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
    if (underWay.length === 0 && state === 'running') return;
    if (Date.now() > giveUpAt) throw new Error(`The site is ${state}, and no code answers.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
