import { createHash } from 'node:crypto';
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

  it.each([
    [16, 'hex'],
    [20, 'hex'],
    [32, 'hex'],
    [24, 'base64'],
    [32, 'base64'],
    [64, 'base64'],
    [24, 'base64url'],
    [32, 'base64url'],
  ] as const)('knows more than 99 of 100 keys of %i bytes in %s', (length, encoding) => {
    const keys = Array.from({ length: 5_000 }, (_, number) =>
      createHash('sha512').update(`${number}`).digest().subarray(0, length).toString(encoding),
    );
    const missed = keys.filter((key) => secretLikeness('HARMLESS', key) === null);
    expect(missed.length / keys.length).toBeLessThan(encoding === 'hex' ? 1e-9 : 0.01);
    const inText = keys.filter((key) => secretLikeness('HARMLESS', `Key=${key};`) === null);
    expect(inText.length / keys.length).toBeLessThan(encoding === 'hex' ? 1e-9 : 0.01);
  });

  it('leaves names, paths and addresses alone, whatever their suffix is', () => {
    const number = (text: string) => createHash('sha256').update(text).digest('hex');
    const refused: string[] = [];
    for (let count = 0; count < 1_000; count += 1) {
      const digits = number(String(count));
      const suffix = digits.slice(0, 8);
      const id = [8, 12, 16, 20, 32].map((end, at) => digits.slice([0, 8, 12, 16, 20][at], end));
      const group = `/subscriptions/${id.join('-')}/resourceGroups/mispriced-pr-123456-${suffix}`;
      const ordinary = [
        `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mispriced-app-pr-123456-${suffix}`,
        `${group}/providers/Microsoft.Web/serverfarms/mispriced-plan-pr-123456-${suffix}`,
        `https://mpstaging${suffix}.blob.core.windows.net/app-package`,
        `https://mp-pr-123456-${suffix}.vault.azure.net/`,
        `https://mispriced-pr-123456-${suffix}.azurewebsites.net/api/status?day=2026-11-23`,
        `Endpoint=sb://mispriced-${suffix}.servicebus.windows.net/;EntityPath=orders-to-place;Authentication=ManagedIdentity`,
        `Server=tcp:mispriced-${suffix}.database.windows.net,1433;Database=ledger;Authentication=Active Directory Default;`,
        `ClientId=${id.join('-')};Authorization=AAD`,
      ];
      refused.push(...ordinary.filter((value) => secretLikeness('HARMLESS', value) !== null));
    }
    expect(refused).toEqual([]);
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
