import type { AppStatus, FunctionApp } from '../azure/function-app.ts';
import type { DeployWorld } from '../azure/deploy-world.ts';

/** What stands in the way of calling a release live; empty when nothing does. */
export interface Verification {
  /** The new code itself is not seen running as it should. */
  readonly failures: readonly string[];
  /** It runs, and something it depends on is not well, with what to do. */
  readonly unhealthy: readonly string[];
  readonly status: AppStatus | null;
}

const pollMilliseconds = 3000;

/**
 * Looks until the new code is seen: the platform lists exactly its functions, the host runs without
 * errors, and the app's own status says that it is this very package and that all is well. Triggers
 * are synced anew each time, since one sync is often not enough on Flex Consumption.
 *
 * @param args.content The SHA-256 of the manifest in the package that must answer.
 */
export async function verifyRelease(args: {
  app: FunctionApp;
  world: Pick<DeployWorld, 'now' | 'sleep' | 'onProgress'>;
  expected: readonly string[];
  content: string;
  timeoutSeconds: number;
}): Promise<Verification> {
  const { world } = args;
  const giveUpAt = world.now().getTime() + args.timeoutSeconds * 1000;
  let said = '';
  for (;;) {
    const found = await look(args);
    const open = [...found.failures, ...found.unhealthy];
    if (open.length === 0 || world.now().getTime() > giveUpAt) return found;
    if (open[0] !== said) world.onProgress(`not yet: ${open[0] ?? ''}`);
    said = open[0] ?? '';
    await world.sleep(pollMilliseconds);
  }
}

async function look(args: {
  app: FunctionApp;
  expected: readonly string[];
  content: string;
}): Promise<Verification> {
  const { app, content } = args;
  const failures: string[] = [];
  await app.syncTriggers();
  const listed = await app.functions();
  const expected = args.expected.toSorted();
  if (listed.join() !== expected.join()) {
    failures.push(
      `the platform lists ${listed.join(', ') || 'no functions'} instead of ${expected.join(', ')}`,
    );
  }
  const host = await app.hostStatus();
  if (host === null) failures.push('the host does not answer');
  else if (host.state !== 'Running' || (host.errors ?? []).length > 0) {
    failures.push(`the host is ${host.state}: ${(host.errors ?? []).join(' ')}`.trim());
  }
  const status = await app.status();
  if (status === null) failures.push('the function status does not answer');
  else if (status.release.content !== content) {
    failures.push('the function status is answered by another version');
  }
  const unhealthy = (status?.health ?? [])
    .filter(({ healthy }) => !healthy)
    .map(({ name, detail, fix }) => [`${name}: ${detail}`, fix].filter(Boolean).join(' '));
  return { failures, unhealthy, status };
}
