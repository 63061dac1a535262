import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  configSchema,
  environmentName,
  findKey,
  keyOfSecretName,
  keyVaultSecretName,
  knownKeys,
  readTextsFrom,
  readTextsIn,
} from '../src/index.ts';

describe('names of a key', () => {
  it.each([
    ['trading_api_key', 'MISPRICED__TRADING_API_KEY', 'trading-api-key'],
    ['limits.per_order', 'MISPRICED__LIMITS__PER_ORDER', 'limits--per-order'],
    ['secrets.vendor_key', 'MISPRICED__SECRETS__VENDOR_KEY', 'secrets--vendor-key'],
  ])('%s', (key, variable, secret) => {
    expect(environmentName(key)).toBe(variable);
    expect(keyVaultSecretName(key)).toBe(secret);
    expect(findKey(key)).toBeDefined();
  });

  it('lead back from a vault to the key they were made from, for every key', () => {
    for (const key of [...knownKeys.keys(), 'secrets.vendor_key']) {
      expect(keyOfSecretName(keyVaultSecretName(key))).toBe(key);
    }
    expect(keyOfSecretName('somebody-elses')).toBeNull();
  });

  it('are all different, and such as Azure takes', () => {
    const keys = [...knownKeys.keys()];
    const secrets = keys.map(keyVaultSecretName);
    const variables = keys.map(environmentName);
    expect(new Set(secrets).size).toBe(keys.length);
    expect(new Set(variables.map((name) => name.replaceAll('__', '_'))).size).toBe(keys.length);
    for (const name of secrets) expect(name).toMatch(/^[0-9a-z-]{1,127}$/);
    for (const name of variables) expect(name).toMatch(/^[A-Z_]+$/);
  });

  it('are the schema’s, no more and no fewer', () => {
    const inSchema = Object.entries(configSchema.shape).flatMap(([name, schema]) =>
      'shape' in schema
        ? Object.keys(schema.shape as object).map((key) => `${name}.${key}`)
        : [name],
    );
    expect([...knownKeys.keys()].toSorted()).toEqual(inSchema.toSorted());
  });
});

describe('readers of texts', () => {
  it('read a folder, and know what is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mispriced-config-'));
    await mkdir(join(folder, 'config'));
    await writeFile(join(folder, 'config', 'dev.yaml'), 'run:\n');
    const read = readTextsIn(folder);
    expect(await read('config/dev.yaml')).toBe('run:\n');
    expect(await read('config/local.yaml')).toBeUndefined();
    expect(await read('config/dev.yaml/local.yaml')).toBeUndefined();
    await expect(read('config')).rejects.toThrow('EISDIR');
    await rm(folder, { recursive: true });
  });

  it('read texts at hand', async () => {
    const read = readTextsFrom({ 'config/dev.yaml': 'run:\n' });
    expect(await read('config/dev.yaml')).toBe('run:\n');
    expect(await read('constructor')).toBeUndefined();
  });
});
