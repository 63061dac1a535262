import type { ValuesByKey } from '../schema/config-schema.ts';
import { simulationConstants, type SimulationConstant } from '../venue-limits.ts';
import { rulesOver, type Finding } from './rule.ts';

const rule = rulesOver<ValuesByKey>();

type Key = SimulationConstant['key'];

const findingsOf = (
  value: number | undefined,
  constants: readonly SimulationConstant[],
): readonly Finding<Key>[] =>
  constants.map(({ key, reason, fix }) => ({
    key,
    message: `It is ${value ?? 'nothing'}, but ${reason}.`,
    fix,
  }));

/**
 * Constants of a simulation stay with simulated markets, on paper too: a paper run reads the same
 * market. Where no address is set another rule says so, or a command starts a market of its own.
 */
export const venueLimitRules = [
  rule(['venue.name', 'venue.url', 'run.settle_after_seconds'], (values) => {
    const { 'venue.name': venue, 'venue.url': url } = values;
    const settleAfterSeconds = values['run.settle_after_seconds'];
    if (url === undefined) return undefined;
    return findingsOf(settleAfterSeconds, simulationConstants({ venue, url, settleAfterSeconds }));
  }),
  rule(['venue.name', 'venue.url', 'venue.requests_per_second'], (values) => {
    const { 'venue.name': venue, 'venue.url': url } = values;
    const requestsPerSecond = values['venue.requests_per_second'];
    if (url === undefined) return undefined;
    return findingsOf(requestsPerSecond, simulationConstants({ venue, url, requestsPerSecond }));
  }),
];
