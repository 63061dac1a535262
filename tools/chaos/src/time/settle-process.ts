import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets everything run that can run without time passing: promises, ticks, immediates, and requests
 * to the system that this process can see (files). Work on other threads it cannot see: that is
 * declared, and what is not shows up as an effect out of turn.
 */
export async function settleProcess(): Promise<void> {
  do {
    await nextTurn();
  } while (process.getActiveResourcesInfo().some(isWork));
}

function isWork(resource: string): boolean {
  return resource === 'Immediate' || resource.includes('Req');
}
