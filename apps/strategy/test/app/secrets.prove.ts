import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { stateUnemploymentToCsv } from '@mispriced/market/lendingclub/generator';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { craftLoans, openMarket, slot } from '../crash/support/crafted-market.ts';
import { settingsOf } from '../crash/support/prove-kill.ts';
import { workspaceRoot } from '../crash/support/run-once.ts';
import { setFaults } from '../crash/support/set-faults.ts';
import { openBlobStack } from '../crash/support/trading-stack.ts';
import { findSecrets, type PlantedSecret, type WrittenText } from './support/find-secrets.ts';
import { startOwnDataServer } from './support/own-data-server.ts';
import { startAppHost } from './support/start-app-host.ts';

const crafted = await craftLoans();
const blobs = await openBlobStack(crafted.generated);
const accountKey = /AccountKey=([^;]*)/.exec(blobs.connectionString)?.[1] ?? '';

afterAll(() => blobs.close());

/** Characters that every encoding changes. */
const odd = 'p~"a?s&s/w+o=r d%\\';
const clientSecret: PlantedSecret = { what: 'the client secret', value: `client-${odd}-planted` };
const vendorKey: PlantedSecret = { what: 'the vendor’s key', value: `vendor-${odd}-planted` };
const tradingKey: PlantedSecret = { what: 'the trading key', value: 'key-of-the-simulated-market' };
const wrongKey: PlantedSecret = {
  what: 'the wrong trading key',
  value: 'wrong-"key"/of+the=market',
};
const storageKey: PlantedSecret = { what: 'the storage key', value: accountKey };

async function settingsFor(strategy: string, vendorUrl: string) {
  const market = await openMarket(crafted.loans);
  onTestFinished(() => market.close());
  const settings = {
    ...settingsOf(blobs, market.settings, strategy),
    MISPRICED__RUN__SLOT: slot.toISOString(),
    MISPRICED__VENUE__TIMEOUT_SECONDS: '1',
    MISPRICED__IDENTITY__CLIENT_SECRET: clientSecret.value,
    MISPRICED__SECRETS: JSON.stringify({
      vendor_url: `${vendorUrl}?api_key=${encodeURIComponent(vendorKey.value)}`,
      vendor_key: vendorKey.value,
    }),
    MISPRICED__OWN_DATA: JSON.stringify([
      { name: 'state-unemployment', format: 'csv', url_secret: 'vendor_url' },
    ]),
  };
  return { market, settings };
}

/** Does everything that the app does, and keeps every word of it. */
async function exercise(settings: Readonly<Record<string, string>>): Promise<WrittenText[]> {
  const { host, readLog } = await startAppHost({ settings });
  const texts: WrittenText[] = [];
  for (const job of ['refresh-data', 'daily-trade']) {
    const result = await host.invoke(job);
    texts.push({ where: `the result of ${job}`, text: JSON.stringify(result) });
  }
  const headers = { 'x-functions-key': host.keys().masterKey };
  for (const accept of ['text/html', 'application/json']) {
    const answer = await fetch(`${host.url}/api/status`, { headers: { ...headers, accept } });
    texts.push({ where: `status as ${accept}`, text: await answer.text() });
  }
  texts.push({ where: 'the host log', text: await readLog() });
  return texts;
}

async function everyBlob(): Promise<WrittenText[]> {
  const service = BlobServiceClient.fromConnectionString(blobs.connectionString);
  const texts: WrittenText[] = [];
  for await (const { name } of service.listContainers()) {
    const container = service.getContainerClient(name);
    for await (const blob of container.listBlobsFlat()) {
      const bytes = await container.getBlobClient(blob.name).downloadToBuffer();
      texts.push({ where: `${name}/${blob.name}`, text: bytes.toString('latin1') });
    }
  }
  return texts;
}

/** Both outputs of a command, however it ends. */
function command(settings: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const program = join(workspaceRoot, 'tools/cli/bin/mispriced.mjs');
  return new Promise<WrittenText>((resolve) => {
    execFile(
      process.execPath,
      [program, ...words],
      { env: { PATH: process.env['PATH'], ...settings } },
      (_error, stdout, stderr) => {
        resolve({ where: `mispriced ${words.join(' ')}`, text: stdout + stderr });
      },
    );
  });
}

describe('planted secrets', () => {
  it('are found by this search in every form', () => {
    const { value } = vendorKey;
    const bytes = Buffer.from(`x${value}y`);
    const texts = [
      value,
      JSON.stringify({ value }),
      encodeURIComponent(value),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      JSON.stringify({ inner: JSON.stringify({ value }) }),
    ];
    for (const text of texts) {
      expect(findSecrets([{ where: 'here', text }], [vendorKey]), text).not.toEqual([]);
    }
  });

  it('appear nowhere while everything goes well, and nowhere when it fails', async () => {
    const server = await startOwnDataServer();
    server.serve({ text: stateUnemploymentToCsv(crafted.generated.stateUnemployment) });
    const well = await settingsFor('well', server.url);
    const texts = await exercise(well.settings);
    expect(server.asked[0]).toContain(encodeURIComponent(vendorKey.value));
    expect(texts.find(({ where }) => where.includes('daily-trade'))?.text).toContain('traded');

    server.serve({ status: 403, text: `no, ${vendorKey.value}` });
    const refused = await settingsFor('refused', server.url);
    texts.push(
      ...(await exercise({
        ...refused.settings,
        MISPRICED__TRADING_API_KEY: wrongKey.value,
      })),
    );
    const dropped = await settingsFor('dropped', 'http://127.0.0.1:9/u.csv');
    await setFaults(dropped.market.url, [{ route: '*', fault: 'malformed-answer', count: 100 }]);
    texts.push(...(await exercise(dropped.settings)));
    const otherKey = storageKey.value.replace(/^..../, 'AAAA');
    const planted = { what: 'a storage key that is refused', value: otherKey };
    const locked = {
      ...well.settings,
      MISPRICED__STRATEGY__NAME: 'locked',
      MISPRICED__STORAGE__CONNECTION_STRING: blobs.connectionString.replace(accountKey, otherKey),
    };
    texts.push(...(await exercise(locked)));
    const mistaken = { ...well.settings, MISPRICED__LIMITS__PER_RUN: vendorKey.value };
    texts.push(
      await command(well.settings, 'config', 'explain', '--json'),
      await command(well.settings, 'config', 'explain'),
      await command(mistaken, 'config', 'check', '--json'),
      await command(mistaken, 'run', '--json'),
    );
    texts.push(...(await everyBlob()));

    const secrets = [tradingKey, storageKey, clientSecret, vendorKey, wrongKey, planted];
    expect(texts.length).toBeGreaterThan(45);
    expect(findSecrets(texts, secrets)).toEqual([]);
  }, 600_000);
});
