import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

const workspaceFolder = fileURLToPath(new URL('../../../..', import.meta.url));
const banner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * A package whose functions are those of the strategy as far as keys go: `status`, which answers by the
 * strategy's own code whether it has an expected secret and writes with it, and a timer that takes the
 * run lease and adds its slot to a blob with the key that the app's setting has. Bundled, for it is
 * started again by every rotation.
 */
export async function smallApp(schedule = '0 0 0 1 1 *'): Promise<Buffer> {
  const main = `
import * as functions from '@azure/functions';
import * as storage from '@azure/storage-blob';
import { parseExpectation, Secret } from '@mispriced/config';
import { acquireRunLease, createBlobObjectStore } from '@mispriced/core';
import { answerExpectation } from './apps/strategy/src/status/answer-expectation.ts';

const value = process.env.MISPRICED__STORAGE__CONNECTION_STRING ?? '';
const open = async () => createBlobObjectStore({
  service: storage.BlobServiceClient.fromConnectionString(value, { retryOptions: { maxTries: 2, retryDelayInMs: 100 } }),
});
const marketKey = process.env.MISPRICED__TRADING_API_KEY ?? '';
const marketKeys = process.env.MARKET_KEYS?.split(',') ?? [marketKey];
const values = new Map([['storage.connection_string', value], ['trading_api_key', marketKey]]);
const config = { has: (key) => values.has(key), get: (key) => new Secret(values.get(key)) };
const check = async (name, work) => {
  try { await work(); return { name, healthy: true, detail: 'well' }; }
  catch (error) { return { name, healthy: false, detail: String(error.message).slice(0, 200) }; }
};

functions.app.http('status', {
  methods: ['GET'],
  authLevel: 'function',
  handler: async ({ headers }) => {
    const expectation = parseExpectation(headers.get('x-mispriced-expects') ?? '');
    const health = [
      await check('storage', async () => { await (await open()).list('ledger', 'small/'); }),
      await check('market', async () => { if (process.env.MARKET === 'away') throw new Error('the market is away'); if (!marketKeys.includes(marketKey)) throw new Error('the market refuses the key'); }),
    ];
    return { jsonBody: {
      healthy: health.every(({ healthy }) => healthy), strategy: 'small', nextRun: null, health,
      ...(expectation && { expected: await answerExpectation({ expectation, config, openObjects: open }) }),
    } };
  },
});

functions.app.timer('daily-trade', {
  schedule: '${schedule}',
  handler: async (timer) => {
    const objects = await open();
    const slot = timer.scheduleStatus?.last ?? new Date().toISOString();
    const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
    const lease = await acquireRunLease({ objects, strategy: 'small', waitSeconds: 20, now: () => new Date(), sleep });
    if (lease === null) return;
    try {
      const write = async (text) => {
        const found = await objects.read('ledger', 'small/slots.txt');
        await objects.append('ledger', 'small/slots.txt', new TextEncoder().encode(text), found?.bytes.length ?? 0);
      };
      await write('began ' + slot + '\\n');
      await sleep(200);
      await write('ended ' + slot + '\\n');
    } finally {
      await lease.release();
    }
  },
});
`;
  const { outputFiles } = await build({
    stdin: { contents: main, resolveDir: workspaceFolder, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['@azure/functions-core'],
    // It scores nothing.
    alias: { 'onnxruntime-node': 'node:module' },
    banner: { js: banner },
    write: false,
    logLevel: 'silent',
  });
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  return Buffer.from(
    zipSync({
      'host.json': text('{"version":"2.0"}'),
      'package.json': text('{"main":"main.mjs","type":"module"}'),
      'main.mjs': outputFiles[0]?.contents ?? text(''),
    }),
  );
}
