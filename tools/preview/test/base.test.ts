import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Decision } from '@mispriced/core';
import { declaredResources } from '@mispriced/environment';
import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseDecisions } from '../src/base/base-decisions.ts';
import { type BaseTree, openBaseTree } from '../src/base/base-tree.ts';
import { compareDeclared } from '../src/base/compare-declared.ts';
import { compareStackFiles, compareStacks } from '../src/base/compare-stacks.ts';
import { renderComment } from '../src/comment/render-comment.ts';
import { compareDecisions } from '../src/decisions/compare-decisions.ts';
import { generateInputs } from '../src/inputs/generate-inputs.ts';
import type { PreviewInputs } from '../src/inputs/preview-inputs.ts';
import { findFindings } from '../src/plan/find-findings.ts';
import { inventedData } from './support/invented-data.ts';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
const slot = '2026-11-23T12:00:00Z';

const isRepository = existsSync(join(workspace, '.git'));
if (!isRepository) console.warn('\n  SKIPPED: comparing with a base. There is no repository.\n');

/** Two working trees of the same commit: one is the base, the other becomes a pull request. */
describe.skipIf(!isRepository)('a pull request against its base', { timeout: 600_000 }, () => {
  let inputs: PreviewInputs;
  let base: BaseTree;
  let head: BaseTree;
  let decided: readonly Decision[];

  beforeAll(async () => {
    const given = { workspace, reference: 'HEAD', report: () => undefined };
    [inputs, base, head] = await Promise.all([
      generateInputs(),
      openBaseTree(given),
      openBaseTree(given),
    ]);
    decided = await decide(base, 'first');
  }, 600_000);
  afterAll(() => Promise.all([base.close(), head.close()]));

  const decide = ({ folder }: BaseTree, name: string) =>
    baseDecisions({
      folder,
      slot,
      inputs,
      stackName: 'pr-12',
      scratch: join(folder, name),
      modelFolder: join(folder, 'tools/train/demo-model'),
    });
  const change = async (path: string, from: string | RegExp, to: string) => {
    const file = join(head.folder, path);
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(from);
    await writeFile(file, text.replace(from, to));
  };

  it('decides the same where nothing has changed', async () => {
    expect(decided).toHaveLength(250);
    expect(compareDecisions(await decide(head, 'same'), decided).changed).toEqual([]);
  });

  it('shows exactly the decisions that another threshold changes', async () => {
    const bought = decided.filter(({ decision }) => decision === 'buy');
    // Between the best and the worst of what was bought, so that some of it is bought no more.
    const threshold = -(bought[Math.floor(bought.length / 2)]?.edge ?? Number.NaN);
    await change('config/defaults.yaml', /threshold: 0\.04/, `threshold: ${threshold}`);
    const { changed, compared } = compareDecisions(await decide(head, 'bolder'), decided);
    const between = decided.filter(
      ({ edge }) => edge !== null && edge < -0.04 && edge >= -threshold,
    );
    expect(changed.map(({ id }) => id).sort()).toEqual(between.map(({ id }) => id).sort());
    expect(compared).toBe(250);
    const noMore = changed.filter((each) => each.base?.decision === 'buy');
    expect(noMore.length).toBeGreaterThan(5);
    expect(noMore.every(({ here }) => here?.reason === 'edge-within-threshold')).toBe(true);
    const comment = renderComment({
      ...inventedData(),
      decisions: { compared, same: compared - changed.length, changed },
    });
    for (const { id } of noMore) expect(comment).toContain(`| \`${id}\` | skip |`);
  });

  if (provesAll) {
    it('shows what it declares otherwise, and is stopped where that opens a container', async () => {
      const declared = (tree: BaseTree) => declaredResources(tree.folder, 'pr-12');
      const before = await declared(base);
      const judge = (resources: typeof before, baseFolder: string | null = null) =>
        findFindings({ stackName: 'pr-12', declared: resources, baseFolder });
      expect(await judge(before, base.folder)).toEqual([]);
      await change(
        'infra/src/components/storage.ts',
        "publicAccess: 'None'",
        "publicAccess: 'Blob'",
      );
      const after = await declared(head);
      const changes = compareDeclared(after, before);
      const containers = before.filter(({ type }) => type.endsWith(':BlobContainer'));
      expect(changes).toEqual(
        containers.map(({ type, name }) => ({
          operation: 'update',
          type,
          name,
          properties: ['publicAccess'],
        })),
      );
      const findings = await judge(after);
      expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual(
        containers.map(({ name }) => ['no-public-blobs', name]),
      );
      const comment = renderComment({ ...inventedData(), status: 'refused', findings });
      expect(comment).toContain('was stopped by policy');
      expect(comment).toContain('- `no-public-blobs` on `ledger`: `publicAccess has to be None.`');
      // Both trees have the rule, and each finding is told once.
      expect(await judge(after, base.folder)).toEqual(findings);
    });
  }

  it('is held to the rules of its base too, which it may have changed itself', async () => {
    // The head's own tree plays the base whose rule was sharpened; this program's rules are the weaker.
    await change(
      'infra/policy/rules/https-only.ts',
      'check(resource) {',
      'check(resource) {\n    if (resource.stack === "pr-12" && isA(resource, "web:WebApp")) return ["Sharper."];',
    );
    const declared = await declaredResources(base.folder, 'pr-12');
    const findings = await findFindings({ stackName: 'pr-12', declared, baseFolder: head.folder });
    expect(findings).toMatchObject([{ rule: 'https-only of the base', message: 'Sharper.' }]);
  });

  if (provesAll) {
    it('shows what it would do to the environments that last, which its own preview does not', async () => {
      expect(await compareStackFiles(base.folder, base.folder)).toEqual([]);
      const untouched = await compareStacks(base.folder, base.folder);
      expect(untouched.map(({ stack, changes }) => [stack, changes.length])).toEqual([
        ...[
          ['prod', 0],
          ['staging', 0],
          ['dev', 0],
        ],
      ]);
      await change(
        'infra/Pulumi.prod.yaml',
        "liveTrading: 'false'",
        'liveTrading: true\n  mispriced:schedule: "0 0 3 * * *"',
      );
      await change(
        'infra/src/components/strategy-app.ts',
        /httpsOnly: true,/,
        "httpsOnly: true, clientAffinityEnabled: args.settings.stack.kind === 'staging',",
      );
      expect(await compareStackFiles(head.folder, base.folder)).toEqual([
        {
          name: 'infra/Pulumi.prod.yaml config.mispriced:liveTrading',
          before: '"false"',
          after: 'true',
        },
        {
          name: 'infra/Pulumi.prod.yaml config.mispriced:schedule',
          before: null,
          after: '"0 0 3 * * *"',
        },
      ]);
      const compared = await compareStacks(head.folder, base.folder);
      const shown = (stack: string) =>
        compared.find((each) => each.stack === stack)?.changes.flatMap((each) => each.properties);
      expect(shown('prod')).toContain('properties.MISPRICED__RUN__MODE');
      expect(shown('staging')).toEqual(expect.arrayContaining(['clientAffinityEnabled']));
    });
  }

  it('sees what is new and what is gone', () => {
    const resource = (name: string) => ({ type: 'x', name, props: {} });
    expect(compareDeclared([resource('new')], [resource('old')])).toEqual([
      { operation: 'create', type: 'x', name: 'new', properties: [] },
      { operation: 'delete', type: 'x', name: 'old', properties: [] },
    ]);
  });
});

it.each(['no-such-branch', '--output=/x', '', 'HEAD:package.json'])(
  'says that there is no base called %j',
  async (reference) => {
    const opened = openBaseTree({ workspace, reference, report: () => undefined });
    await expect(opened).rejects.toThrow('There is no commit');
  },
);
