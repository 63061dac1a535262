import { mkdir, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, type BootstrapResult, type PipelineStage } from '@mispriced/bootstrap';
import { type GitHub, startGitHub } from '@mispriced/testing/github';
import { ArmClient, connectToCloud } from '@mispriced/azure';
import { openRehearsal, type Rehearsal } from '@mispriced/rehearsal';
import type { Contexts } from './expression.ts';
import { readState } from './read-state.ts';
import { type JobEnd, runJob, type StepEnd } from './run-job.ts';
import { readWorkflow, repositoryRoot } from './workflows.ts';

/** A repository on a loopback GitHub, whose workflows deploy to a local cloud. */
export interface Pipeline {
  readonly rehearsal: Rehearsal;
  readonly gitHub: GitHub;
  readonly made: BootstrapResult;
  /** Runs a job's own steps as the runner would, signed in as the identity of its environment. */
  job(place: `${string}/${string}`, given?: JobGiven): Promise<readonly StepEnd[]>;
  /** What Pulumi keeps of a stage, read as the local cloud's own storage has it. */
  stateOf(stage: PipelineStage): Promise<{ names: readonly string[]; stack: unknown }>;
  close(): Promise<void>;
}

interface JobGiven {
  readonly event?: object;
  readonly matrix?: Readonly<Record<string, string>>;
  /** What somebody does right before the step that runs this. */
  readonly meanwhile?: Readonly<Record<string, () => Promise<void>>>;
  /** What is typed in place of a step's own line, such as that of a later day. */
  readonly instead?: (run: string) => string;
}

type Permissions = Readonly<Record<string, 'read' | 'write' | 'none'>>;

export const repository = 'someone/mispriced';

/** Secrets of the local cloud's administrator, which no job has. */
const notForJobs = /^(AZURE|ARM)_(CLIENT_ID|CLIENT_SECRET)$|^(ARM_)(TENANT|SUBSCRIPTION)_ID$/;

/**
 * Opens a local cloud that `mispriced bootstrap` has set up for a repository.
 *
 * @param workspace The clone that jobs run in; this one unless given.
 */
export async function openPipeline(
  stages: readonly PipelineStage[],
  workspace: string = repositoryRoot,
): Promise<Pipeline> {
  const rehearsal = await openRehearsal();
  const { cloud, folder } = rehearsal;
  const gitHub = await startGitHub({ certificateFolder: join(folder, 'cloud') });
  const { tenantId, subscriptionId, administrator } = cloud;
  const made = await bootstrap({
    request: {
      tenantId,
      subscriptionId,
      repository,
      repositoryIds: null,
      stages,
      location: 'westeurope',
      resourceGroup: 'mispriced-pipeline',
      issuer: gitHub.issuer,
      vaultSuffix: 'vault.localhost',
      sharesProduction: false,
    },
    arm: new ArmClient(
      await connectToCloud({
        metadataHost: new URL(cloud.addresses.origin).host,
        tenantId,
        subscriptionId,
        clientId: administrator.clientId,
        clientSecret: administrator.clientSecret,
      }),
    ),
    isDryRun: false,
    report: () => undefined,
    sleep: () => Promise.resolve(),
  });
  joinOperators(rehearsal, Object.entries(made.principals));
  const programs = join(folder, 'bin');
  await mkdir(programs);
  const az = fileURLToPath(new URL('signed-in-az.mjs', import.meta.url));
  const gh = fileURLToPath(new URL('downloading-gh.mjs', import.meta.url));
  await symlink(az, join(programs, 'az'));
  await symlink(gh, join(programs, 'gh'));
  const artifacts = join(folder, 'artifacts');
  const ended = new Map<string, JobEnd>();
  const base = Object.fromEntries(
    Object.entries(rehearsal.environment).filter(([name]) => !notForJobs.test(name)),
  );
  const start = (environment: string, permissions: Permissions) => {
    const { GITHUB_TOKEN: token = '', ...variables } = gitHub.startJob({
      repository,
      environment,
      permissions,
    });
    return {
      token,
      variables: {
        ...base,
        ...variables,
        PATH: [programs, process.env['PATH'] ?? ''].join(delimiter),
        HOME: process.env['HOME'] ?? folder,
        PULUMI_HOME: join(folder, 'pulumi-home'),
        npm_config_loglevel: 'error',
        GITHUB_RUN_ID: '1',
        ARTIFACTS_OF_RUN: artifacts,
      },
    };
  };
  return {
    rehearsal,
    gitHub,
    made,
    job: async (place, given = {}) => {
      const [workflow = '', job = ''] = place.split('/');
      const described = readWorkflow(workflow).jobs[job];
      const matrix = given.matrix ?? {};
      const environment = (described?.environment ?? '').replace(
        '${{ matrix.stack }}',
        matrix['stack'] ?? '',
      );
      const { token, variables } = start(environment, described?.permissions ?? {});
      const contexts: Contexts = {
        github: { token, repository, event: given.event ?? {} },
        vars: { ...made.variables[environment], OPERATORS_GROUP: operatorsOf(rehearsal) },
        matrix,
        runner: { os: 'Linux' },
        needs: Object.fromEntries(ended),
      };
      const end = await runJob({
        workflow,
        job,
        contexts,
        workspace,
        artifacts,
        environment: variables,
        ...(given.meanwhile !== undefined && { meanwhile: given.meanwhile }),
        ...(given.instead !== undefined && { instead: given.instead }),
      });
      ended.set(job, end);
      return end.ends;
    },
    stateOf: (stage) => readState({ rehearsal, made, stage }),
    close: async () => {
      await gitHub.close();
      await rehearsal.close();
    },
  };
}

/** What a person does with `az ad group member add`: the identities that change may write data. */
function joinOperators(rehearsal: Rehearsal, principals: readonly [string, string][]): void {
  const { directory } = rehearsal.cloud.context;
  for (const [environment, principalId] of principals) {
    const principal = directory.find(principalId);
    if (principal === undefined || environment.endsWith('-watch')) continue;
    directory.add({ ...principal, memberOf: [operatorsOf(rehearsal)] });
  }
}

function operatorsOf(rehearsal: Rehearsal): string {
  return rehearsal.environment['MISPRICED_LOCAL_OPERATORS_GROUP'] ?? '';
}
