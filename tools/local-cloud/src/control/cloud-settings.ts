import { z } from 'zod';

const seconds = z.number().min(0).max(600);

/** Delays that Azure has and tests want to choose, each in seconds. */
export const cloudSettingsSchema = z.strictObject({
  /** How long a new role assignment does not count yet. */
  roleAssignmentSeconds: seconds,
  /** How long a new identity cannot be named by its id alone in a role assignment. */
  principalSeconds: seconds,
  /** How long a long-running operation runs. */
  operationSeconds: seconds,
  /** How long, after a change of app settings, a reference is not yet looked up. */
  referenceSeconds: seconds,
  /** How long a function app stays down when it restarts. */
  siteRestartSeconds: seconds,
});

/** The settings as they stand, changed by `PUT /_control/settings`. */
export type CloudSettings = z.infer<typeof cloudSettingsSchema>;

/** Everything counts at once, except that long-running operations do run. */
export const defaultCloudSettings: CloudSettings = {
  roleAssignmentSeconds: 0,
  principalSeconds: 0,
  operationSeconds: 0.2,
  referenceSeconds: 0,
  siteRestartSeconds: 0,
};
