import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillStores } from './support/fill-stores.ts';
import { openPipeline, type Pipeline, repository } from './support/open-pipeline.ts';
import type { StepEnd } from './support/run-job.ts';

const pulumi = await pulumiOrSkip();
let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(['dev']);
}, 600_000);
afterAll(() => pipeline.close());

/** Says why, where a step did not end well. */
function expectGood(ends: readonly StepEnd[]): void {
  for (const { run, exitCode, stdout, stderr } of ends) {
    expect(exitCode, `${run}\n${stderr.slice(-3_000)}`).toBe(0);
    expect(stdout + stderr).not.toContain(pipeline.rehearsal.cloud.administrator.clientSecret);
  }
}

/** Who asked the cloud to change something, since the last time this was asked. */
function forgetRequests(): Promise<unknown> {
  return pipeline.rehearsal.control('DELETE', '/requests');
}

function changesAsked(): readonly string[] {
  return pipeline.rehearsal.cloud
    .requests()
    .filter(({ service, method }) => service === 'resource-manager' && method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`);
}

/** The workflows' own steps, on a local cloud, signed in with the tokens of a loopback GitHub. */
const title = 'from a push to main to an issue about drift';
describe.skipIf(pulumi === null)(title, { timeout: 600_000 }, () => {
  const drift = () => pipeline.job('drift/drift', { matrix: { stack: 'dev' } });
  const issues = () => pipeline.gitHub.issues(repository);

  it('brings dev up and its code there, as an identity without a secret', async () => {
    const ends = await pipeline.job('deploy/dev', {
      meanwhile: {
        // Nothing can be published before there is a place for it.
        'npx mispriced deploy --stack dev --yes': () => fillStores(pipeline.rehearsal, 'dev'),
      },
    });
    expectGood(ends);
    expect(ends.map(({ stdout }) => stdout)).toEqual([
      expect.stringMatching(/dev is up/) as string,
      expect.stringMatching(/^done: .* runs in mispriced-dev-/) as string,
    ]);
  });

  it("keeps Pulumi's state in the cloud, encrypted with the key of dev", async () => {
    const state = await pipeline.stateOf('dev');
    expect(state.names).toContain('.pulumi/stacks/mispriced/dev.json');
    expect(state.stack).toMatchObject({
      checkpoint: {
        latest: {
          secrets_providers: {
            type: 'cloud',
            state: {
              url: pipeline.made.variables['dev']?.['MISPRICED_SECRETS_PROVIDER'] ?? '',
              encryptedkey: expect.any(String) as string,
            },
          },
        },
      },
    });
  });

  it('looks for drift without a right to change anything, and opens no issue for none', async () => {
    await forgetRequests();
    expectGood(await drift());
    expect(issues()).toEqual([]);
    expect(changesAsked().filter((each) => !/^POST .*\/(list|read)$/.test(each))).toEqual([]);
  });

  it('renews no key of a stack that has none', async () => {
    const ends = await pipeline.job('rotate-keys/rotate', { matrix: { stack: 'dev' } });
    expectGood(ends);
    expect(ends[0]?.stdout).toContain('no key is in use');
  });

  it('opens an issue for what was changed by hand', async () => {
    const { cloud } = pipeline.rehearsal;
    const [vault] = cloud.context.resources
      .ofType('Microsoft.KeyVault/vaults')
      .filter((each) => each.body.tags?.['stack'] === 'dev');
    const path = `${vault?.id ?? ''}?api-version=2024-11-01`;
    const changed = await cloud.request('PATCH', path, {
      properties: { publicNetworkAccess: 'Disabled' },
    });
    expect(changed.status).toBe(200);
    expectGood(await drift());
    const [issue] = issues();
    expect(issue).toMatchObject({ state: 'open', title: 'dev is not as it was made' });
    expect(issue?.body).toContain('`keyvault:Vault`');
    expect(issue?.body).toContain('`properties.publicNetworkAccess`');
  });
});
