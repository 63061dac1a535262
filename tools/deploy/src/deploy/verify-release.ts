import { type FunctionApp, waitUntil } from '@mispriced/azure';
import { type AppStatus, readAppStatus } from '../azure/app-status.ts';
import type { DeployDependencies } from '../azure/deploy-dependencies.ts';
import { manifestPath, parseManifest } from '../package/package-manifest.ts';
import { unzipOne } from '../package/zip.ts';
import { contentOf } from '../release/package-store.ts';

/** The functions that a package promises, by name. */
function functionsOf(zip: Uint8Array): readonly string[] {
  const manifest = parseManifest(unzipOne(zip, manifestPath) ?? new Uint8Array());
  return manifest.functions.map(({ name }) => name);
}

/** What stands in the way of calling a release live; empty when nothing does. */
export interface Verification {
  /** The new code itself is not seen running as it should. */
  readonly failures: readonly string[];
  /** It runs, and something it depends on is not well, with what to do. */
  readonly unhealthy: readonly string[];
  readonly status: AppStatus | null;
}

/** With whether waiting could still change it. */
interface Look extends Verification {
  /** After how many seconds what is wrong is believed; null while waiting may well change it. */
  readonly believedAfterSeconds: number | null;
}

const pollMilliseconds = 3000;
/** So long something may pass by itself that the new code, or its host, says is wrong. */
const ownWordSeconds = 30;
/** So long a host may take to start that gives no keys, as one does whose storage is closed to it. */
const withoutKeysSeconds = 120;

/**
 * Looks until the new code is seen: the platform lists exactly its functions, the host runs without
 * errors, and the app's own status says that it is this very package and that all is well. Triggers
 * are synced anew each time, since one sync is often not enough on Flex Consumption. What the new code
 * or its host says is wrong is believed after half a minute, that a host does not start after two.
 *
 * @param args.stack For the command that is named where the host does not start.
 * @param args.zip The package that must answer, with all functions that it promises.
 */
export async function verifyRelease(args: {
  app: FunctionApp;
  dependencies: Pick<DeployDependencies, 'now' | 'sleep' | 'onProgress'>;
  zip: Uint8Array;
  stack: string;
  timeoutSeconds: number;
}): Promise<Verification> {
  const { dependencies, zip } = args;
  const wanted = { expected: functionsOf(zip), content: contentOf(zip) };
  let said = '';
  let wordSince: number | null = null;
  let last = null as Look | null;
  const settled = await waitUntil({
    clock: dependencies,
    limit: { seconds: args.timeoutSeconds },
    pollMilliseconds,
    ask: async () => {
      last = await look({ ...args, ...wanted });
      const [open] = [...last.failures, ...last.unhealthy];
      if (open === undefined) return last;
      const now = dependencies.now().getTime();
      const { believedAfterSeconds: seconds } = last;
      wordSince = seconds === null ? null : (wordSince ?? now);
      if (seconds !== null && wordSince !== null && now - wordSince >= seconds * 1000) return last;
      if (open !== said) dependencies.onProgress(`not yet: ${open}`);
      said = open;
      return null;
    },
  });
  const seen = settled ?? last;
  if (seen === null) throw new Error('Nothing was looked at.');
  return seen;
}

async function look(args: {
  app: FunctionApp;
  expected: readonly string[];
  content: string;
  stack: string;
}): Promise<Look> {
  const { app, content } = args;
  const failures: string[] = [];
  await app.syncTriggers();
  const listed = (await app.functions()).names;
  const expected = args.expected.toSorted();
  if (listed.join() !== expected.join()) {
    failures.push(
      `the platform lists ${listed.join(', ') || 'no functions'} instead of ${expected.join(', ')}`,
    );
  }
  const host = await app.hostStatus();
  const keysRefused = host === null ? app.keysRefused() : null;
  if (keysRefused !== null) failures.push(withoutKeys(keysRefused, args.stack));
  else if (host === null) failures.push('the host does not answer');
  else if (host.state !== 'Running' || (host.errors ?? []).length > 0) {
    failures.push(`the host is ${host.state}: ${(host.errors ?? []).join(' ')}`.trim());
  }
  const status = await readAppStatus(app);
  if (status === null) failures.push('the function status does not answer');
  else if (status.release.content !== content) {
    failures.push('the function status is answered by another version');
  }
  const unhealthy = (status?.health ?? [])
    .filter(({ healthy }) => !healthy)
    .map(({ name, detail, fix }) => [`${name}: ${detail}`, fix].filter(Boolean).join(' '));
  const isAnswering = status?.release.content === content;
  const isGivenUp = status === null && host?.state === 'Error';
  const waitsForKeys = keysRefused === null ? null : withoutKeysSeconds;
  const believedAfterSeconds = isAnswering || isGivenUp ? ownWordSeconds : waitsForKeys;
  return { failures, unhealthy, status, believedAfterSeconds };
}

/** What it means that a host gives no keys. It keeps them in its storage. */
export function withoutKeys(refusedBecause: string, stack: string): string {
  return `the host does not start, and has no keys to give (${refusedBecause}): it may not reach its storage. \`npx mispriced up --stack ${stack}\` puts its settings and rights back.`;
}
