import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { secretLikeness } from './secret-likeness.ts';

describe('secretLikeness', () => {
  it.each([
    ['A', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=short'],
    ['A', 'https://a.blob.core.windows.net/c?sv=1&sig=abc'],
    ['A', 'https://user:word@host/'],
    ['A', '-----BEGIN RSA PRIVATE KEY-----'],
    ['VENUE_API_KEY', 'x'],
    ['MISPRICED__VENUE__PASSWORD', 'x'],
    ['AzureWebJobsStorage', 'UseDevelopmentStorage=true'],
  ])('knows %s=%s', (name, value) => {
    expect(secretLikeness(name, value)).not.toBeNull();
  });

  it('knows keys of storage accounts by how random they are', () => {
    for (let count = 0; count < 200; count += 1) {
      expect(secretLikeness('HARMLESS', randomBytes(64).toString('base64'))).not.toBeNull();
      expect(secretLikeness('HARMLESS', randomBytes(32).toString('base64url'))).not.toBeNull();
    }
  });

  it.each([
    ['MISPRICED__SCHEDULE__DAILY_TRADE', '3 25 15 * * *'],
    ['MISPRICED__SCHEDULE__TIME_ZONE', 'America/Argentina/Buenos_Aires'],
    ['MISPRICED__IDENTITY__CLIENT_ID', '22222222-7b3c-4e5f-9a1b-2c3d4e5f6a7b'],
    ['VENUE_API_KEY', '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/a--b)'],
    ['URL', 'https://mpstaging0a1b2c3d.blob.core.windows.net/'],
    ['AzureWebJobsStorage__credential', 'managedidentity'],
    [
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
      'InstrumentationKey=55555555-ab12-cd34-ef56-1234567890ab;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;ApplicationId=12345678-ab12-cd34-ef56-1234567890ab',
    ],
  ])('leaves %s alone', (name, value) => {
    expect(secretLikeness(name, value)).toBeNull();
  });
});
