import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientSecretCredential } from '@azure/identity';
import { type SecretClient, SecretClient as Client } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostKinds, makeAddresses, parseHostname } from '../../src/addresses.ts';
import {
  errorResponse,
  findRoute,
  keepCertificate,
  listen,
  type Listener,
  readRequest,
  writeResponse,
} from '@mispriced/loopback-server';
import { trustLocalCloud } from '../../src/client/trust-local-cloud.mjs';
import { openStateFolder } from '../../src/state/state-folder.ts';
import { openResourceStore } from '../engine/resource-store.ts';
import { makeGroup, makeServicePrincipal, openDirectory } from '../identity/directory.ts';
import { openManagedIdentities } from '../identity/managed-identities.ts';
import { identityRoutes } from '../identity/routes.ts';
import { openTokens } from '../identity/tokens.ts';
import { handleVaultRequest } from './routes.ts';
import { openKeyStore } from './key-store.ts';
import { openSecretStore } from './secret-store.ts';
import type { Vault } from './vault.ts';

const now = { value: new Date() };
const clock = (): Date => now.value;
const vaultId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/demo';
let folder: string;
let listener: Listener;
let vault: Vault;
let allowedActions: string[] = [];
let origin: string;
let tenantId: string;
const group = makeGroup('operators');
const owner = makeServicePrincipal({ displayName: 'owner', now: now.value });
const reader = makeServicePrincipal({
  displayName: 'reader',
  now: now.value,
  memberOf: [group.objectId],
});
const everything = ['get', 'list', 'set', 'delete', 'recover', 'purge'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'));
  const state = openStateFolder(folder);
  const directory = openDirectory(state);
  for (const each of [group, owner.principal, reader.principal]) directory.add(each);
  tenantId = directory.tenantId;
  vault = {
    name: 'demo',
    resourceId: vaultId,
    location: 'westeurope',
    tenantId,
    accessPolicies: [{ objectId: owner.principal.objectId, secrets: everything, keys: [] }],
    enableRbacAuthorization: false,
    softDeleteRetentionInDays: 90,
    enablePurgeProtection: false,
    publicNetworkAccess: true,
  };
  const tls = await keepCertificate({ folder, now: now.value, hostKinds });
  trustLocalCloud(tls.certificateFile);
  const secrets = openSecretStore({ state, clock });
  const keys = openKeyStore({ state, clock });
  const resources = openResourceStore(state);
  const managedIdentities = openManagedIdentities();
  listener = await listen({
    tls,
    listener: (incoming, outgoing) => {
      const addresses = makeAddresses({
        main: listener.port,
        identity: 0,
        blob: 0,
        queue: 0,
        table: 0,
      });
      const issuer = `${addresses.origin}/${tenantId}/`;
      const tokens = openTokens({ state, clock, issuer, tenantId });
      const context = {
        addresses,
        clock,
        directory,
        tokens,
        managedIdentities,
        resources,
        outside: fetch,
      };
      readRequest(incoming)
        .then((request) => {
          const vaultName = parseHostname(request.hostname)?.name;
          if (vaultName === undefined) {
            const found = findRoute(identityRoutes, request);
            return found?.route.handle({ request, parameters: found.parameters, context });
          }
          return handleVaultRequest({
            request,
            vaultName,
            context: {
              ...context,
              secrets,
              keys,
              onKey: () => undefined,
              permissions: {
                allows: ({ action }) => allowedActions.includes(action),
                hasAny: () => true,
              },
              vaults: (name) => (name === vault.name ? vault : undefined),
            },
          });
        })
        .then((response) => response ?? { status: 404 }, errorResponse)
        .then((response) => {
          writeResponse(outgoing, response);
        })
        .catch(() => outgoing.destroy());
    },
  });
  origin = `https://localhost:${listener.port}`;
});

afterAll(async () => {
  await listener.close();
  await rm(folder, { recursive: true, force: true });
});

function client(who: typeof owner): SecretClient {
  const credential = new ClientSecretCredential(
    tenantId,
    who.principal.appId ?? '',
    who.clientSecret,
    { authorityHost: origin, disableInstanceDiscovery: true },
  );
  return new Client(`https://demo.vault.localhost:${listener.port}`, credential, {
    retryOptions: { maxRetries: 0 },
  });
}

async function names(items: AsyncIterable<{ name: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const item of items) found.push(item.name);
  return found;
}

describe('Key Vault secrets, by the official client', () => {
  it('sets, gets, and keeps every version', async () => {
    const secrets = client(owner);
    const first = await secrets.setSecret('trading--api-key', 'one', {
      tags: { CredentialId: 'key1' },
      contentType: 'text/plain',
    });
    const second = await secrets.setSecret('trading--api-key', 'two');
    expect(second.properties.version).not.toBe(first.properties.version);
    expect(first.properties.version).toMatch(/^[0-9a-f]{32}$/);
    expect((await secrets.getSecret('trading--api-key')).value).toBe('two');
    const old = await secrets.getSecret('trading--api-key', {
      version: first.properties.version ?? '',
    });
    expect(old.value).toBe('one');
    expect(old.properties).toMatchObject({
      tags: { CredentialId: 'key1' },
      contentType: 'text/plain',
      enabled: true,
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: 90,
    });
    expect(second.properties.previousVersion).toBe(first.properties.version);
    const versions: (string | undefined)[] = [];
    for await (const each of secrets.listPropertiesOfSecretVersions('trading--api-key')) {
      versions.push(each.version);
    }
    expect(versions).toEqual([first.properties.version, second.properties.version]);
  });

  it('pages through more secrets than one page holds', async () => {
    const secrets = client(owner);
    for (let index = 10; index < 40; index += 1) {
      await secrets.setSecret(`many-${index}`, String(index));
    }
    const found = await names(secrets.listPropertiesOfSecrets());
    expect(found.filter((name) => name.startsWith('many-'))).toHaveLength(30);
  });

  it('refuses a disabled secret and still serves an expired one', async () => {
    const secrets = client(owner);
    const { properties } = await secrets.setSecret('switch', 'value');
    await secrets.updateSecretProperties('switch', properties.version ?? '', { enabled: false });
    await expect(secrets.getSecret('switch')).rejects.toMatchObject({
      statusCode: 403,
      code: 'Forbidden',
      message: 'Operation get is not allowed on a disabled secret.',
    });
    await secrets.setSecret('over', 'old', { expiresOn: new Date(1000) });
    const over = await secrets.getSecret('over');
    expect([over.value, over.properties.expiresOn]).toEqual(['old', new Date(1000)]);
  });

  it('deletes softly, blocks the name, recovers and purges', async () => {
    const secrets = client(owner);
    await secrets.setSecret('gone', 'value');
    const poller = await secrets.beginDeleteSecret('gone', { intervalInMs: 10 });
    expect((await poller.pollUntilDone()).deletedOn).toBeInstanceOf(Date);
    await expect(secrets.getSecret('gone')).rejects.toMatchObject({
      statusCode: 404,
      code: 'SecretNotFound',
    });
    await expect(secrets.setSecret('gone', 'again')).rejects.toMatchObject({ statusCode: 409 });
    expect(await names(secrets.listDeletedSecrets())).toEqual(['gone']);
    const recovered = await secrets.beginRecoverDeletedSecret('gone', { intervalInMs: 10 });
    await recovered.pollUntilDone();
    expect((await secrets.getSecret('gone')).value).toBe('value');
    await (await secrets.beginDeleteSecret('gone', { intervalInMs: 10 })).pollUntilDone();
    vault = { ...vault, enablePurgeProtection: true };
    await expect(secrets.purgeDeletedSecret('gone')).rejects.toMatchObject({ statusCode: 403 });
    vault = { ...vault, enablePurgeProtection: false };
    await secrets.purgeDeletedSecret('gone');
    await expect(secrets.getDeletedSecret('gone')).rejects.toMatchObject({ statusCode: 404 });
    expect((await secrets.setSecret('gone', 'anew')).value).toBe('anew');
  });

  it("answers Azure's 403 to an identity without a policy, and heeds its group's", async () => {
    await client(owner).setSecret('private', 'value');
    await expect(client(reader).getSecret('private')).rejects.toMatchObject({
      statusCode: 403,
      code: 'Forbidden',
      message: expect.stringContaining(
        "does not have secrets get permission on key vault 'demo;",
      ) as string,
    });
    const mine = { objectId: group.objectId, secrets: ['Get'], keys: [] };
    vault = { ...vault, accessPolicies: [...vault.accessPolicies, mine] };
    expect((await client(reader).getSecret('private')).value).toBe('value');
    await expect(client(reader).setSecret('private', 'x')).rejects.toThrow(
      'secrets set permission',
    );
  });

  it('heeds roles alone where the vault is under role-based access', async () => {
    vault = { ...vault, enableRbacAuthorization: true };
    const failure = client(owner).getSecret('private');
    await expect(failure).rejects.toThrow('Caller is not authorized to perform action on resource');
    await expect(failure).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' });
    allowedActions = ['Microsoft.KeyVault/vaults/secrets/getSecret/action'];
    expect((await client(reader).getSecret('private')).value).toBe('value');
    vault = { ...vault, enableRbacAuthorization: false };
  });

  it('refuses names and values that no secret can have', async () => {
    const secrets = client(owner);
    await expect(secrets.setSecret('no_underscores', 'x')).rejects.toMatchObject({
      statusCode: 400,
      code: 'BadParameter',
    });
    await expect(secrets.setSecret('long', 'x'.repeat(25_601))).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('challenges without a token, and refuses a wrong secret as Entra does', async () => {
    const response = await fetch(
      `${origin}/_host/demo.vault.localhost/secrets/any?api-version=7.4`,
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer authorization="${origin}/${tenantId}", resource="https://vault.localhost"`,
    );
    const wrong = client({ ...reader, clientSecret: 'wrong' });
    await expect(wrong.getSecret('private')).rejects.toThrow('AADSTS7000215');
  });

  it('keeps no value readable on disk', async () => {
    await client(owner).setSecret('sealed', 'a-very-visible-value');
    const text = await readFile(join(folder, 'secrets.sealed'), 'utf8');
    expect(text).not.toContain('very-visible');
    expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain('very-visible');
  });
});
