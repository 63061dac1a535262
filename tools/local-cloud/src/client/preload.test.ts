import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalCloud } from '../local-cloud.ts';
import { startLocalCloud } from '../start-local-cloud.ts';
import { nodeClientEnvironment } from './client-environment.ts';

/** What Node 20 has not: it cannot load TypeScript, nor add a certificate while it runs. */
const asOlderNode = [
  '--no-strip-types',
  `--import=data:text/javascript,${encodeURIComponent(
    "import tls from 'node:tls'; tls.setDefaultCACertificates = tls.getCACertificates = undefined;",
  )}`,
];

describe('any Node of a shell that is told of the local cloud', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), 'preload-'));
    cloud = await startLocalCloud({ stateFolder, log: () => undefined, services: [] });
  });
  afterAll(() => cloud.close());

  it.each([
    ['this one', []],
    ['one as old as Node 20', asOlderNode],
  ])('reaches it: %s', async (_, words) => {
    const { NODE_OPTIONS = '', ...variables } = nodeClientEnvironment(cloud.certificateFile);
    const script = `process.stdout.write(String((await fetch('${cloud.addresses.origin}/metadata/endpoints')).status))`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...words, NODE_OPTIONS, '--input-type=module', '--eval', script],
      { env: { ...process.env, ...variables } },
    );
    expect(Number(stdout)).toBe(200);
  });
});
