import { setTimeout as wait } from 'node:timers/promises';
import { bootstrapWords } from '../open-rehearsed-stack.ts';
import { strategyPackage } from '../strategy-package.ts';
import { previewing } from './preview-steps.ts';
import { showBooks } from './show-books.ts';
import { stackOf, type Tour, type TourStep } from './tour-step.ts';

const name = 'local';
const stackWords = ['--stack', name] as const;
/** So often the tour's environment trades; a real one does once a day. */
const schedule = '*/20 * * * * *';
const secondsBetweenSlots = 20;
/** The host looks every minute whether a lock of up to a minute has lapsed. */
const timeoutSeconds = 150;
/** Seconds that must lie between a restart and a slot. */
const marginSeconds = 3;

/** An environment with a key, a model, data and code, that trades. */
export const bringingUp: readonly TourStep[] = [
  {
    title: 'An environment comes up',
    why: 'Pulumi makes storage, a vault, an identity and a function app. Its account must keep keys here, so that there is something to rotate.',
    run: async (tour) => {
      const settings = { storageAuth: 'key', liveTrading: 'true', schedule };
      const words = Object.entries(settings).flatMap(([key, value]) => [
        '--config',
        `${key}=${value}`,
      ]);
      await tour.type(['up', ...stackWords, ...words]);
      tour.stack = await tour.rehearsal.openStack(name);
    },
  },
  {
    title: 'Its storage key goes into the vault',
    why: 'Pulumi never sees a key. This command writes the first one; the app will find it by reference.',
    run: async (tour) => {
      await tour.type(['rotate-keys', ...stackWords]);
    },
  },
  {
    title: 'The market’s key goes into the vault',
    why: 'It is typed or piped in, and never an argument, which a shell would remember.',
    run: async (tour) => {
      const input = tour.rehearsal.market.key;
      await tour.type(['secrets', 'set', 'trading_api_key', ...stackWords], { input });
    },
  },
  {
    title: 'The code is deployed, with a model and data',
    why: 'Everything is checked first. It says done only when this very package is seen running and well.',
    run: async (tour) => {
      const { file } = await strategyPackage();
      const words = ['--package', file, ...bootstrapWords(tour.rehearsal), '--now'];
      await tour.type(['deploy', ...stackWords, ...words]);
    },
  },
  {
    title: 'It trades',
    why: `A timer starts it every ${secondsBetweenSlots} seconds: it lists, enriches, scores, decides and orders.`,
    run: async (tour) => {
      await nextRun(tour);
      await showBooks(tour);
    },
  },
];

/** New keys while it trades, a reset by hand, and the way back. */
export const rotating: readonly TourStep[] = [
  {
    title: 'Its keys are rotated between two slots',
    why: 'Renew the key that nothing uses, prove it, move the app to it, see it write, renew the other, prove both old ones dead.',
    run: async (tour) => {
      await settle(tour);
      const words = ['--grace-seconds', '0', '--margin-seconds', String(marginSeconds)];
      await tour.type(['rotate-keys', ...stackWords, ...words]);
      await nextRun(tour);
      await showBooks(tour);
    },
  },
  {
    title: 'Somebody resets both keys in the portal',
    why: 'The story that began this project: the app stops, and could not even be deployed any more.',
    run: async (tour) => {
      const { outputs } = stackOf(tour);
      const { cloud } = tour.rehearsal;
      for (const keyName of ['key1', 'key2']) {
        const path = `${outputs['storageAccountId'] ?? ''}/regenerateKey?api-version=2024-01-01`;
        await cloud.request('POST', path, { keyName });
      }
      await cloud.request('POST', `${outputs['appId'] ?? ''}/restart?api-version=2025-05-01`);
      while ((await stackOf(tour).site()).state !== 'failed') await wait(200);
      tour.tell(
        `the app: ${(await stackOf(tour).site()).state}, it can read nothing and trade nothing`,
      );
      const words = ['--grace-seconds', '0', '--margin-seconds', '0'];
      await tour.type(['rotate-keys', ...stackWords, ...words], { fails: true });
    },
  },
  {
    title: 'One command mends it',
    why: 'It compares what each consumer holds with what the account has, prints neither, and puts a living key where a dead one was.',
    run: async (tour) => {
      await tour.type(['rotate-keys', ...stackWords, '--repair']);
      tour.tell(
        'the app that died could not give back the lock of its timer, which lapses by itself: waiting',
      );
      await nextRun(tour);
      await showBooks(tour);
    },
  },
  {
    title: 'A later `up` leaves the keys alone',
    why: 'A setting and a tag change. The keys are not Pulumi’s, so nothing old is put back.',
    run: async (tour) => {
      await tour.type([
        'up',
        ...stackWords,
        '--config',
        'owner=somebody-else',
        '--config',
        'logRetentionDays=31',
      ]);
      await tour.type(['drift', ...stackWords]);
      await nextRun(tour);
      await showBooks(tour);
    },
  },
];

/** What ends an environment. */
export const takingDown: readonly TourStep[] = [
  {
    title: 'It is taken away',
    why: 'Nothing stays but what soft delete keeps for some days.',
    run: async (tour) => {
      await tour.type(['destroy', ...stackWords, '--yes']);
    },
  },
];

/** The whole life of an environment. */
export const tourSteps: readonly TourStep[] = [
  ...bringingUp,
  ...rotating,
  ...previewing,
  ...takingDown,
];

async function nextRun(tour: Tour): Promise<void> {
  const { started, finished } = await stackOf(tour).waitForRun({
    after: new Date(),
    timeoutSeconds,
  });
  tour.tell(
    `the slot ${started.slot}: ${finished?.status ?? 'open'}, spent ${finished?.spent ?? '0.00'}`,
  );
}

/** Waits for a moment between two slots, as a person would choose one. */
async function settle(tour: Tour): Promise<void> {
  const since = (Date.now() / 1000) % secondsBetweenSlots;
  const seconds = since < 2 * marginSeconds ? 2 * marginSeconds - since : 0;
  if (since < secondsBetweenSlots / 2) await wait(seconds * 1000);
  else await nextRun(tour).then(() => wait(2 * marginSeconds * 1000));
}
