/**
 * A rotation in a process of its own that ends itself with SIGKILL at one moment of one effect: nothing
 * is flushed, released or caught. What to do is read from its environment, which no other process sees.
 */
import { writeSync } from 'node:fs';
import { ClientSecretCredential } from '@azure/identity';
import { endpointsAt } from '@mispriced/azure';
import { trustLocalCloud } from '@mispriced/local-cloud';
import { rotateKeys, type RotationOptions } from '../../src/index.ts';

const variable = (name: string): string => process.env[name] ?? '';

trustLocalCloud(variable('MISPRICED_LOCAL_CLOUD_CERTIFICATE'));
const [killAt = '', killWhen = ''] = process.argv.slice(2);
let number = 0;
const result = await rotateKeys(JSON.parse(variable('ROTATION_OPTIONS')) as RotationOptions, {
  endpoints: endpointsAt(variable('MISPRICED_LOCAL_CLOUD')),
  credential: new ClientSecretCredential(
    variable('AZURE_TENANT_ID'),
    variable('AZURE_CLIENT_ID'),
    variable('AZURE_CLIENT_SECRET'),
    { authorityHost: variable('AZURE_AUTHORITY_HOST'), disableInstanceDiscovery: true },
  ),
  fetch,
  now: () => new Date(),
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, Math.min(milliseconds, 150))),
  onProgress: (line) => {
    writeSync(2, `${line}\n`);
  },
  onEffect: async (name, moment) => {
    if (moment === 'before') {
      number += 1;
      writeSync(1, `${JSON.stringify({ effect: name })}\n`);
    }
    if (String(number) !== killAt || moment !== killWhen) return;
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => undefined);
  },
});
writeSync(1, `${JSON.stringify({ result })}\n`);
