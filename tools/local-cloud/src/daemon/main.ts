import { randomUUID } from 'node:crypto';
import { processIdentity } from '@mispriced/core';
import { makePrivateFolder, openStateFolder } from '../state/state-folder.ts';
import { startLocalCloud } from '../start-local-cloud.ts';
import { joinedServices } from './joined-services.ts';
import { takeLock } from './lock.ts';
import { keepRunningRecord, removeRunningRecord } from './running-record.ts';

// The process that `localUp` leaves in the background: `node main.ts STATE-FOLDER`.
const stateFolder = process.argv[2];
if (stateFolder === undefined) throw new Error('The state folder is missing.');

const log = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
};

// Whatever is written from here on, by Azurite and the apps too, is its owner's alone.
process.umask(0o077);
makePrivateFolder(stateFolder);
const lock = takeLock(stateFolder);
if (lock === null) {
  log('another local cloud is starting or running in this folder; leaving it to it');
  process.exit(0);
}

const instanceId = randomUUID();
const cloud = await startLocalCloud({ stateFolder, log, services: joinedServices, instanceId });
const environment = openStateFolder(stateFolder).document('environment', () => ({}));
environment.value = cloud.environment;
environment.save();
const record = keepRunningRecord(stateFolder, {
  pid: process.pid,
  identity: processIdentity(process.pid) ?? '',
  instanceId,
  origin: cloud.addresses.origin,
  startedAt: new Date().toISOString(),
  certificateFile: cloud.certificateFile,
  services: { ...cloud.serviceUrls },
});
log(`running at ${cloud.addresses.origin}`);

let isStopping = false;
const stop = async (signal: string): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  log(`stopping on ${signal}`);
  record.stop();
  removeRunningRecord(stateFolder);
  await cloud.close();
  lock.release();
  log('stopped');
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stop(signal).catch((error: unknown) => {
      log(`stopping failed: ${String(error)}`);
      process.exit(1);
    });
  });
}
