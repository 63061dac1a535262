import type { TokenCredential } from '@azure/identity';
import type { LocalCloud } from '@mispriced/local-cloud';

/** Brings a package to a function app as another tool than ours would: nothing tells of it but the app. */
export async function deployPackage(args: {
  cloud: LocalCloud;
  credential: TokenCredential;
  appName: string;
  zip: Buffer;
}): Promise<void> {
  const { cloud, credential, appName, zip } = args;
  const token = await credential.getToken(`${cloud.addresses.origin}/.default`);
  const scm = cloud.addresses.hosted('scm', appName);
  const headers = { authorization: `Bearer ${token?.token ?? ''}` };
  const sent = await fetch(`${scm}/api/publish?RemoteBuild=false`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/zip' },
    body: new Uint8Array(zip),
  });
  if (sent.status !== 202) throw new Error(await sent.text());
  const place = `${scm}/api/deployments/${String(await sent.json())}`;
  while ((await fetch(place, { headers })).status !== 200) {
    await new Promise((done) => setTimeout(done, 50));
  }
}
