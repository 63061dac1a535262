import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import { type AppStatus, readAppStatus } from '../azure/app-status.ts';
import { bootstrapStores, type BootstrapFiles } from '../check/bootstrap-stores.ts';
import { checkPackage } from '../check/check-package.ts';
import { checkStores } from '../check/check-stores.ts';
import { checkTarget } from '../check/check-target.ts';
import { fillReferences } from '../check/fill-references.ts';
import type { StoredPackage } from '../package/write-package.ts';
import { unzipFiles } from '../package/zip.ts';
import { contentOf } from '../release/package-store.ts';
import { lastGoodBefore } from '../release/release-log.ts';
import type { Difference } from './compare-packages.ts';
import { compareRelease } from './compare-release.ts';
import {
  openStores,
  openTarget,
  type EnvironmentClients,
  type Target,
  type TargetOptions,
  type TargetStores,
} from './environment.ts';
import { refuse } from '../check/refuse.ts';
import { rollBackFrom } from './roll-back-from.ts';
import { keepPackage, timeouts, sendRelease, type Timeouts } from './send-release.ts';
import { noteRunning } from './note-running.ts';
import { listCommits, readSourceState, type CommitsBetween } from './source-state.ts';
import { storageProblem } from './storage-problem.ts';
import { verifyRelease, withoutKeys } from './verify-release.ts';
import { waitForQuiet } from './wait-for-quiet.ts';

/** What is to be deployed, and how. */
export interface DeployOptions extends TargetOptions {
  readonly built: StoredPackage;
  readonly workspace: string;
  /** Do not wait for a run that is under way or a slot that is nearly due. */
  readonly now: boolean;
  readonly dryRun: boolean;
  /** False leaves an unhealthy version in place. */
  readonly rollback: boolean;
  readonly bootstrap: BootstrapFiles | null;
  /** An ONNX file to prove the model library with. */
  readonly modelFile?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks a person; only asked for production. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly clients?: Partial<EnvironmentClients>;
  readonly timeouts?: Timeouts;
}

/** What a deployment came to. */
export interface DeployResult {
  readonly result: 'live' | 'unchanged' | 'dry-run' | 'declined';
  readonly app: string;
  readonly package: string;
  /** What ran before; null where nothing did. */
  readonly before: string | null;
  readonly differences: readonly Difference[];
  readonly commits: CommitsBetween;
  /** Whether the package holds changes that no commit has. */
  readonly uncommitted: boolean;
  readonly nextRun: string | null;
}

/**
 * Brings a package to an environment and ends only when its code has been seen running there. All
 * checks come first and all their problems at once; what runs already is not sent again; a version
 * that is not well is rolled back.
 *
 * Needs Website Contributor on the app and Storage Blob Data Contributor on the account.
 *
 * @throws MispricedError `PACKAGE_REFUSED` before anything is sent; `DEPLOYMENT_UNHEALTHY` after.
 */
export async function deploy(
  options: DeployOptions,
  dependencies: DeployDependencies,
): Promise<DeployResult> {
  const { built, stack, workspace } = options;
  const { sha256, bytes: zip } = built;
  const target = await openTarget(options, dependencies);
  const files = unzipFiles(zip);
  const opened = await openStores({
    target,
    dependencies,
    files,
    ...(options.clients !== undefined && { clients: options.clients }),
  });
  const running = await readAppStatus(target.app);
  const refused = running === null ? target.app.keysRefused() : null;
  const notices = [...opened.notices, ...(refused === null ? [] : [withoutKeys(refused, stack)])];
  for (const notice of notices) dependencies.onProgress(notice);
  const ofApp = storageProblem({ target, running, known: opened.problems });
  const content = contentOf(zip);
  const stands = opened.problems.length === 0 && ofApp.length === 0;
  const runsAlready = running?.release.content === content && running.healthy && stands;
  if (runsAlready && (await isSeenWhole({ options, target, dependencies }))) {
    dependencies.onProgress('this very package runs there and is well: nothing is sent');
    if (opened.stores !== null && !options.dryRun) {
      await noteUnchanged({ options, target, dependencies, stores: opened.stores, running });
    }
    return resultOf({ result: 'unchanged', options, app: target.app.name, running });
  }
  dependencies.onProgress('checking the package and the environment');
  const { stores } = opened;
  const checked = await checkPackage({
    zip,
    workspace,
    sources: built.sources,
    environment: options.environment,
    settings: settingsForCheck(target.settings),
    known: opened.known,
    ...(options.modelFile !== undefined && { modelFile: options.modelFile }),
  });
  for (const notice of checked.notices) dependencies.onProgress(notice);
  const lacking = stores === null ? [] : await checkStores({ ...stores, stack });
  // What may be published later, once all else is well and nobody has said no, is no obstacle yet.
  const { bootstrap } = options;
  if (bootstrap !== null) {
    for (const { message } of lacking)
      dependencies.onProgress(`--bootstrap is to mend: ${message}`);
  }
  const problems = [
    ...opened.problems,
    ...ofApp,
    ...checkTarget(checked.manifest.target, target.app),
    ...checked.problems,
    ...(bootstrap === null ? lacking : []),
  ];
  if (problems.length > 0 || stores === null) throw refuse('deployment', problems);

  const source = await readSourceState(workspace);
  const found = await stores.releases.read();
  // An app that is just starting does not tell; what was live last is what comes up.
  const live = running ?? { release: lastGoodBefore(found, null) };
  const before = live.release?.package ?? null;
  const told = {
    options,
    app: target.app.name,
    running,
    before,
    uncommitted: source.dirty,
    differences: await compareRelease({ before, zip, stores }),
    commits: await listCommits(workspace, live.release?.commit ?? null, source.commit),
  };
  if (options.dryRun) return resultOf({ ...told, result: 'dry-run' });
  const question = `Deploy ${sha256.slice(0, 12)} to ${target.app.name} (${stack})?`;
  if (stack === 'prod' && !(await options.confirm(question))) {
    return resultOf({ ...told, result: 'declined' });
  }
  if (bootstrap !== null) await publishWhatLacks({ stores, given: bootstrap, stack, dependencies });
  // Where no code is, a deployment kills nothing.
  const isFirst = running === null && before === null;
  const beforeSending = async (): Promise<void> => {
    if (!options.now && !isFirst) await waitForQuiet({ ...stores, dependencies });
  };
  await beforeSending();
  if (running !== null && running.healthy && before !== null) {
    const { commit } = running.release;
    await noteRunning({
      stores,
      dependencies,
      target,
      package: before,
      source: { commit, dirty: false },
    });
  }

  const waits = options.timeouts ?? timeouts;
  const sending = { dependencies, target, stores, source, timeouts: waits };
  const releases = await stores.releases.read();
  const seen = await sendRelease({ ...sending, zip, sha256, kind: 'deploy', beforeSending });
  if (seen.failures.length === 0 && seen.unhealthy.length === 0) {
    return { ...resultOf({ ...told, result: 'live' }), nextRun: seen.status?.nextRun ?? null };
  }
  const fallback = options.rollback ? lastGoodBefore(releases, sha256) : null;
  const wasIll = new Set(running?.health.filter(({ healthy }) => !healthy).map(({ name }) => name));
  throw await rollBackFrom({
    ...sending,
    seen,
    fallback,
    now: options.now,
    notices,
    // An old version would be no better where the same things failed before.
    isNoWorse:
      seen.failures.length === 0 && seen.unhealthy.every((each) => wasIll.has(nameOf(each))),
  });
}

/**
 * Whether what runs is all there: its functions listed and its host without errors. One sync of the
 * triggers is often not enough, and a deployment may have been killed before any.
 */
async function isSeenWhole(args: {
  options: DeployOptions;
  target: Target;
  dependencies: DeployDependencies;
}): Promise<boolean> {
  const { options, target, dependencies } = args;
  // A dry run does not even sync.
  if (options.dryRun) return true;
  const seen = await verifyRelease({
    app: target.app,
    dependencies,
    zip: options.built.bytes,
    stack: target.stack,
    timeoutSeconds: (options.timeouts ?? timeouts).verifySeconds,
  });
  const open = [...seen.failures, ...seen.unhealthy];
  if (open.length > 0)
    dependencies.onProgress(`it runs there, but not as it should: ${open.join('; ')}`);
  return open.length === 0;
}

/** @throws MispricedError `PACKAGE_REFUSED` where something lacks all the same. */
async function publishWhatLacks(args: {
  stores: TargetStores;
  given: BootstrapFiles;
  stack: string;
  dependencies: DeployDependencies;
}): Promise<void> {
  const { stores, given, stack, dependencies } = args;
  for (const line of await bootstrapStores({ ...stores, given })) {
    dependencies.onProgress(`published ${line}`);
  }
  const lacking = await checkStores({ ...stores, stack });
  if (lacking.length > 0) throw refuse('deployment', lacking);
}

/** The log may not say yet that it is live, and code that came another way is not kept. */
async function noteUnchanged(args: {
  options: DeployOptions;
  target: Target;
  dependencies: DeployDependencies;
  stores: TargetStores;
  running: AppStatus;
}): Promise<void> {
  const { stores, running } = args;
  const { bytes: zip, sha256 } = args.options.built;
  const source = await readSourceState(args.options.workspace);
  const named = running.release.package;
  if (named === null) await keepPackage({ stores, zip, sha256, commit: source.commit });
  await noteRunning({ ...args, package: named ?? sha256, source });
}

function nameOf(unhealthy: string): string {
  return unhealthy.slice(0, unhealthy.indexOf(':'));
}

/** A check starts the app by itself, where nothing resolves a reference and nothing is reached. */
function settingsForCheck(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fillReferences(settings)).filter(([name]) => name.startsWith('MISPRICED__')),
  );
}

function resultOf(args: {
  result: DeployResult['result'];
  options: DeployOptions;
  app: string;
  running: AppStatus | null;
  before?: string | null;
  differences?: readonly Difference[];
  commits?: CommitsBetween;
  uncommitted?: boolean;
}): DeployResult {
  return {
    result: args.result,
    app: args.app,
    package: args.options.built.sha256,
    before: args.before ?? args.running?.release.package ?? null,
    differences: args.differences ?? [],
    commits: args.commits ?? { added: [], removed: [] },
    uncommitted: args.uncommitted ?? false,
    nextRun: args.running?.nextRun ?? null,
  };
}
