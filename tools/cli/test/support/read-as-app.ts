// Runs as a site's own process: nothing but its settings says where anything is and as whom to ask.
// Prints one line of JSON: what the app's own code could read, or the error that people would see.
import { loadConfig, readTextsIn, stageFromEnvironment } from '@mispriced/config';
import { asMispricedError } from '@mispriced/core';
import { openObjects } from '@mispriced/strategy';
import { workspaceRoot } from '../../src/workspace-root.ts';

async function readAsApp(): Promise<object> {
  const config = await loadConfig({
    stage: stageFromEnvironment(process.env),
    readText: readTextsIn(workspaceRoot),
    environment: process.env,
  });
  const source = config.explain().find(({ key }) => key === 'trading_api_key')?.source;
  const objects = await openObjects(config);
  const path = 'read-as-app.txt';
  await objects.write('runs', path, new TextEncoder().encode('written by the app'), 'any');
  const found = await objects.read('runs', path);
  return {
    key: config.get('trading_api_key')?.reveal(),
    keyFrom: source?.layer,
    identity: config.values.identity.kind,
    venue: config.values.venue.url,
    blob: found === null ? null : new TextDecoder().decode(found.bytes),
  };
}

console.log(
  JSON.stringify(
    await readAsApp().catch((error: unknown) => ({ error: asMispricedError(error).toJSON() })),
  ),
);
