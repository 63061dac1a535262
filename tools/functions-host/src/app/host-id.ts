import { createHash } from 'node:crypto';

/**
 * The name under which a host keeps its state. Two apps with one name on one storage account share
 * their timers' locks, and then one of them never fires. Source: azure-functions-host
 * ScriptHostIdProvider.cs: the setting, else on Flex Consumption the MD5 of the site's name as .NET
 * prints a GUID; for an app that has no site, its folder takes the name's place.
 */
export function hostIdOf(args: {
  readonly settings: Readonly<Record<string, string>>;
  readonly appFolder: string;
}): string {
  const explicit = Object.entries(args.settings).find(
    ([name]) => name.toLowerCase() === 'azurefunctionswebhost__hostid',
  );
  if (explicit !== undefined && explicit[1] !== '') return explicit[1];
  const siteName = args.settings['WEBSITE_SITE_NAME']?.toLowerCase() ?? args.appFolder;
  const hash = createHash('md5').update(siteName, 'utf8').digest();
  const mixedEndian = [3, 2, 1, 0, 5, 4, 7, 6].map((index) => hash.subarray(index, index + 1));
  return Buffer.concat([...mixedEndian, hash.subarray(8)]).toString('hex');
}
