import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestBytes, describeFiles, hash } from '../src/package/package-manifest.ts';
import { collectConfig } from '../src/package/collect-config.ts';
import { workspaceFolder } from '../src/package/workspace.ts';
import type { StoredPackage } from '../src/package/write-package.ts';
import { zipFiles } from '../src/package/zip.ts';
import { smallApp } from './small-app.ts';

/** The setting by which these apps find the folder of the test's stores. */
export const storesSetting = 'TEST_STORES';

/** An app of two functions whose status names its release as the real one does. */
const status = (health: string): string => `
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
const content = createHash('sha256')
  .update(readFileSync(new URL('package-manifest.json', import.meta.url)))
  .digest('hex');
function release() {
  try {
    const file = process.env.${storesSetting} + '/packages/contents/' + content + '.json';
    return { content, ...JSON.parse(readFileSync(file, 'utf8')) };
  } catch {
    return { content, package: null, commit: null };
  }
}
app.timer('daily-trade', { schedule: '3 25 15 * * *', handler: () => undefined });
app.http('status', {
  methods: ['GET'],
  handler: () => {
    const health = ${health};
    const healthy = health.every((each) => each.healthy);
    const body = { healthy, stage: 'dev', nextRun: null, release: release(), health };
    return { status: healthy ? 200 : 503, jsonBody: body };
  },
});
`;

/**
 * A package of a few lines that goes through the real checks.
 *
 * @param args.mark Something to tell versions apart by.
 * @param args.health An expression for what the status says of its dependencies.
 * @param args.more Code that comes first.
 */
export async function smallPackage(args: {
  mark: string;
  health?: string;
  more?: string;
  /** A function that the manifest promises and the app does not have. */
  promised?: string;
  /** A file that is left out. */
  without?: string;
}): Promise<StoredPackage> {
  const code = `${args.more ?? ''}\nconsole.log(${JSON.stringify(args.mark)});\n${status(args.health ?? '[]')}`;
  const files = new Map([...(await smallApp(code)), ...(await collectConfig(workspaceFolder))]);
  files.set('host.json', await readFile(join(workspaceFolder, 'apps/strategy/host.json')));
  if (args.without !== undefined) files.delete(args.without);
  files.set(
    'package-manifest.json',
    manifestBytes({
      format: 1,
      app: { name: 'small', version: '1.0.0' },
      target: { platform: 'linux', arch: 'x64', nodeVersions: ['22', '24'] },
      functions: [
        {
          name: 'daily-trade',
          trigger: 'timer',
          schedule: '3 25 15 * * *',
          timeZone: null,
          scheduleSetting: 'MISPRICED__SCHEDULE__DAILY_TRADE',
        },
        ...['status', ...(args.promised === undefined ? [] : [args.promised])].map((name) => ({
          name,
          trigger: 'http' as const,
          methods: ['GET'],
          authLevel: 'function' as const,
        })),
      ],
      modules: {},
      files: describeFiles(files),
    }),
  );
  const bytes = zipFiles(files);
  return { bytes, sha256: hash(bytes), sources: [] };
}
