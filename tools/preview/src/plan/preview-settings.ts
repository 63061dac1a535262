/** What `infra/` offers that costs least. */
const smallest = {
  instanceMemoryMegabytes: '512',
  maximumInstances: '40',
  storageRedundancy: 'lrs',
  runRetentionDays: '7',
  packageRetentionDays: '30',
  logRetentionDays: '30',
} as const;

/** What another stack's settings say that a preview shares: where it is, and who may look after it. */
const shared = ['location', 'owner', 'operatorsGroupObjectId'] as const;

/** Moments as settings have them: whole seconds, UTC. */
export function moment(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * The settings of a preview's stack. Later over earlier: what it shares with the stack it is like, the
 * smallest sizes, what the caller gives, and what no one may change.
 *
 * @param args.like Settings of another stack, such as `dev`.
 */
export function previewSettings(args: {
  like: Readonly<Record<string, string>>;
  owner: string | null;
  commit: string;
  expiry: Date;
  slot: Date;
  given: Readonly<Record<string, string>>;
}): Record<string, string> {
  const { like, owner, commit, expiry, slot, given } = args;
  const taken = shared.flatMap((key) => (like[key] === undefined ? [] : [[key, like[key]]]));
  return {
    ...(Object.fromEntries(taken) as Record<string, string>),
    ...(owner !== null && { owner }),
    ...smallest,
    ...given,
    liveTrading: 'false',
    expiry: moment(expiry),
    runSlot: moment(slot),
    commit,
  };
}
