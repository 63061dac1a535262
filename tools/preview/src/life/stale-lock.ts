import { hostname } from 'node:os';
import { processExists } from '@mispriced/core';
import type { StackLock } from '@mispriced/environment';
import type { PreviewDependencies } from '../preview-dependencies.ts';

/** A pipeline's job lives no longer than this: whoever held a lock before that is gone. */
const longestJobMinutes = 120;

/**
 * Whether whoever holds a lock is surely gone: the time since then has to tell, and on this machine its
 * process may be looked for. A machine is known by its name alone, and a pipeline's are often all called
 * alike, so that nothing is looked for in a pipeline, nor where locks are shared with other machines.
 */
export function isStaleLock(
  lock: StackLock,
  dependencies: Pick<PreviewDependencies, 'environment' | 'now'>,
  isAlive: (processId: number) => boolean = processExists,
): boolean {
  const isHere = lock.host === hostname() && Number.isSafeInteger(lock.processId);
  if (isHere && isThisMachineAlone(dependencies.environment)) return !isAlive(lock.processId);
  // A time that cannot be read says nothing, and then somebody may be at work.
  return dependencies.now().getTime() - lock.since.getTime() > longestJobMinutes * 60_000;
}

/** Whether nobody else can hold the lock: records are files of this machine, which is no runner. */
function isThisMachineAlone(environment: PreviewDependencies['environment']): boolean {
  const isPipeline = ['CI', 'GITHUB_ACTIONS'].some((name) => environment[name] === 'true');
  const backend = environment['PULUMI_BACKEND_URL'] ?? '';
  return !isPipeline && (backend === '' || backend.startsWith('file:'));
}
