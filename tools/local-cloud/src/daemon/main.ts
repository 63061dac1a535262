import { randomUUID } from 'node:crypto';
import { openStateFolder } from '../state/state-folder.ts';
import { startLocalCloud } from '../start-local-cloud.ts';
import { joinedServices } from './joined-services.ts';
import { takeLock } from './lock.ts';
import { removeRunningRecord, writeRunningRecord } from './running-record.ts';

// The process that `localUp` leaves in the background: `node main.ts STATE-FOLDER`.
const stateFolder = process.argv[2];
if (stateFolder === undefined) throw new Error('The state folder is missing.');

const log = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
};

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
writeRunningRecord(stateFolder, {
  pid: process.pid,
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
