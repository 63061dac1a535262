import { describe, expect, it } from 'vitest';
import { blobPath, containerName, downloadUrl, loopbackUrl, serviceUrl } from './text-values.ts';

const accepts = (schema: ReturnType<typeof serviceUrl>, text: string): boolean =>
  schema.safeParse(text).success;

describe('addresses of services', () => {
  it.each([
    ['https://mispriced.vault.azure.net', 'https://mispriced.vault.azure.net'],
    ['https://mispriced.vault.azure.net/', 'https://mispriced.vault.azure.net'],
    ['http://127.0.0.1:10000/devstoreaccount1', 'http://127.0.0.1:10000/devstoreaccount1'],
    ['http://localhost:8080/api/', 'http://localhost:8080/api'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%s is one', (text, address) => {
    expect(serviceUrl().parse(text)).toBe(address);
  });

  it.each([
    'http://market.example.com/api',
    'http://127.0.0.1.example.com',
    'https://user:password@example.com',
    'https://key@example.com',
    'https://account.blob.core.windows.net/?sv=2024&sig=abc',
    'https://example.com/#fragment',
    'ftp://example.com',
    'mispriced.vault.azure.net',
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc',
    '',
  ])('%s is none', (text) => {
    expect(accepts(serviceUrl(), text)).toBe(false);
  });
});

describe('addresses of files', () => {
  it.each(['https://example.com/rates.csv?series=UNRATE&from=2006', 'http://localhost:1/a'])(
    '%s is one',
    (text) => {
      expect(downloadUrl().parse(text)).toBe(text);
    },
  );
  it.each([
    'https://example.com/rates.csv?api_key=abcdef',
    'https://example.com/rates.csv?series=1&SIG=abcdef',
    'https://example.com/rates.csv?access_token=abcdef',
    'https://user:pw@example.com/rates.csv',
    'http://example.com/rates.csv',
  ])('%s is none, and the secret way is named', (text) => {
    expect(downloadUrl().safeParse(text).error?.issues[0]?.message).toContain('url_secret');
  });
});

describe('blobs and containers', () => {
  it.each(['data/listings/2026-01-02.json', 'a-1/b'])('%s is a blob', (text) => {
    expect(blobPath().parse(text)).toBe(text);
  });
  it.each(['data', '/data/a', 'Data/a', 'data/', 'data/a?b', 'data\\a'])('%s is none', (text) => {
    expect(blobPath().safeParse(text).success).toBe(false);
  });
  it('keep to Azure’s rules for names', () => {
    expect(containerName().parse('runs')).toBe('runs');
    for (const text of ['ab', 'a'.repeat(64), 'Runs', 'runs_1', 'a--b', '-ab']) {
      expect(containerName().safeParse(text).success).toBe(false);
    }
  });
});

describe('addresses on this machine', () => {
  it.each(['https://localhost:8701', 'http://127.0.0.1:8700/tenant', 'http://[::1]:1'])(
    '%s is one',
    (text) => {
      expect(loopbackUrl().parse(text)).toBe(text);
    },
  );
  it.each(['https://login.example.com', 'ftp://localhost', 'https://a:b@localhost', 'localhost'])(
    '%s is none',
    (text) => {
      expect(loopbackUrl().safeParse(text).success).toBe(false);
    },
  );
});
