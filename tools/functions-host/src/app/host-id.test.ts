import { expect, it } from 'vitest';
import { hostIdOf } from './host-id.ts';

it("is the setting's when there is one (azure-functions-host ScriptHostIdProvider.cs)", () => {
  const settings = { AzureFunctionsWebHost__hostid: 'mispriced-dev', WEBSITE_SITE_NAME: 'site' };
  expect(hostIdOf({ settings, appFolder: '/app' })).toBe('mispriced-dev');
});

it("is on Flex the MD5 of the site's name as .NET prints a GUID, in lower case", () => {
  // The MD5 is 98defd6e e70d fb1d ea416cecdf391f58; .NET prints the first three parts turned round.
  const hostId = hostIdOf({ settings: { WEBSITE_SITE_NAME: 'Site' }, appFolder: '/app' });
  expect(hostId).toBe('6efdde980de71dfbea416cecdf391f58');
});

it('differs from folder to folder where there is no site', () => {
  const [one, other] = ['/one', '/other'].map((appFolder) => hostIdOf({ settings: {}, appFolder }));
  expect(one).not.toBe(other);
});
