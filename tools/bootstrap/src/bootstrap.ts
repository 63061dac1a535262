import type { Json } from '@mispriced/azure';
import type { Arm } from './arm.ts';
import { type BootstrapRequest, checkRequest } from './bootstrap-request.ts';
import { ensure, type Step } from './ensure.ts';
import { type GitHubEnvironment, gitHubEnvironments } from './github-environments.ts';
import { type Names, namesFor } from './names.ts';
import { registerProviders } from './register-providers.ts';
import { type EnvironmentVariables, gitHubCommands, variablesOf } from './variables.ts';
import type { Wanted } from './wanted.ts';
import { wantedGrants } from './wanted-grants.ts';
import { wantedIdentity, wantedWatcherRole } from './wanted-identities.ts';
import { wantedState } from './wanted-state.ts';

/** What was done, and what the repository has to be told. */
export interface BootstrapResult {
  readonly dryRun: boolean;
  readonly steps: readonly Step[];
  /** For each environment of the repository. Empty in a dry run of what is not there yet. */
  readonly variables: Readonly<Record<string, EnvironmentVariables>>;
  /** The principal of each environment's identity, to be put into a group of operators. */
  readonly principals: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
}

/** What is set up, where, and who hears of it. */
interface BootstrapArgs {
  readonly request: BootstrapRequest;
  readonly arm: Arm;
  readonly isDryRun: boolean;
  readonly report: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * Sets a subscription up for the pipeline, once: where Pulumi keeps its state, the keys that encrypt
 * it, and for each environment of the repository an identity that its jobs sign in as without a
 * stored secret. All that it will do is told before any of it is done. What is there already stays; a
 * second run changes nothing. The caller needs to be Owner of the subscription.
 *
 * @throws MispricedError CONFIG_INVALID before anything is made; BOOTSTRAP_FAILED afterwards.
 */
export async function bootstrap(args: BootstrapArgs): Promise<BootstrapResult> {
  checkRequest(args.request);
  const planned = await goThrough({ ...args, isDryRun: true });
  const isDone = planned.steps.every(({ done }) => done === 'unchanged');
  return args.isDryRun || isDone ? { ...planned, dryRun: args.isDryRun } : goThrough(args);
}

async function goThrough(args: BootstrapArgs): Promise<BootstrapResult> {
  const { request, arm, isDryRun } = args;
  const names = namesFor(request);
  const steps: Step[] = [];
  const add = (step: Step): void => {
    steps.push(step);
    // What is there was told when it was looked for.
    if (isDryRun || step.done !== 'unchanged') args.report(stepText(step, isDryRun));
  };
  await registerProviders({ ...args, subscriptionId: request.subscriptionId, add });
  const make = async (wanted: Wanted): Promise<Json | null> => {
    const { step, present } = await ensure({ arm, wanted, isDryRun });
    add(step);
    return present;
  };
  for (const wanted of wantedState(request, names)) await make(wanted);
  const environments = gitHubEnvironments(request);
  if (environments.some(({ may }) => may === 'watch'))
    await make(wantedWatcherRole(request, names));
  const variables: Record<string, EnvironmentVariables> = {};
  const principals: Record<string, string> = {};
  for (const environment of environments) {
    const made = await makeEnvironment({ request, names, environment, make });
    if (made === null) continue;
    variables[environment.name] = made.variables;
    principals[environment.name] = made.principalId;
  }
  const commands = gitHubCommands(request.repository, variables);
  return { dryRun: isDryRun, steps, variables, principals, commands };
}

/** One step in a line. */
function stepText({ what, name, why, done }: Step, isDryRun: boolean): string {
  const said: Readonly<Record<Step['done'], string>> = {
    created: isDryRun ? 'will make' : 'made',
    changed: isDryRun ? 'will change' : 'changed',
    unchanged: 'is there',
  };
  return `${said[done].padEnd(12)} ${what} ${name}: ${why}`;
}

async function makeEnvironment(args: {
  request: BootstrapRequest;
  names: Names;
  environment: GitHubEnvironment;
  make: (wanted: Wanted) => Promise<Json | null>;
}): Promise<{ variables: EnvironmentVariables; principalId: string } | null> {
  const [identity, credential] = wantedIdentity(args.request, args.names, args.environment);
  const properties = (await args.make(identity))?.['properties'] as Json | undefined;
  await args.make(credential);
  // A dry run cannot know the principal of an identity that is not there.
  const principalId = text(properties?.['principalId']) ?? 'unknown';
  for (const grant of wantedGrants({ ...args, principalId })) await args.make(grant);
  const clientId = text(properties?.['clientId']);
  return clientId === null ? null : { variables: variablesOf({ ...args, clientId }), principalId };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
