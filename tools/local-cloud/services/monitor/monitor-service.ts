import type { CloudService } from '../../src/service.ts';
import { telemetryTypes } from './telemetry-types.ts';
import { watchingTypes } from './watching-types.ts';

/** What watches an environment, as resources alone: nothing is ingested, and nothing alerts. */
export const monitorService: CloudService = {
  name: 'monitor',
  armTypes: [...telemetryTypes, ...watchingTypes],
  open: () => ({}),
};
