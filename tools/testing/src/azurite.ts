import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';

/** Azure Blob storage as Azurite gives it, for one test file. */
export interface TestAzurite {
  readonly service: BlobServiceClient;
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

const require = createRequire(import.meta.url);
const withoutTelemetry = new URL('azurite-without-telemetry.mjs', import.meta.url).href;

/**
 * Starts Azurite's blob service in memory, on a free port, with a key of its own.
 *
 * @param containerNames The containers to make in it.
 */
export async function startTestAzurite(containerNames: readonly string[]): Promise<TestAzurite> {
  const account = 'mispricedtests';
  const key = randomBytes(64).toString('base64');
  const main = join(dirname(require.resolve('azurite/package.json')), 'dist/src/blob/main.js');
  const flags = ['--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence'];
  const child = spawn(
    process.execPath,
    ['--import', withoutTelemetry, main, ...flags, '--skipApiVersionCheck', '--disableTelemetry'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` },
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const match = /listens on (http:\S+)/.exec(output);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
    child.once('exit', (code) => {
      reject(new Error(`Azurite ended with ${String(code)}: ${output}`));
    });
  });
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=${url}/${account};`;
  const service = BlobServiceClient.fromConnectionString(connectionString);
  for (const name of containerNames) await service.createContainer(name);
  return {
    service,
    connectionString,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          resolve();
        });
        child.kill('SIGKILL');
      }),
  };
}
