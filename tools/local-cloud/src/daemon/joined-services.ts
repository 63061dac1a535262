import { providerService } from '../../provider/provider-service.ts';
import { functionAppsService } from '../../services/web/function-apps-service.ts';
import { marketService } from './market-service.ts';
import type { CloudService } from '../service.ts';

/** What the local cloud in the background runs beside Azure's services. */
export const joinedServices: readonly CloudService[] = [
  ...[marketService, functionAppsService, providerService],
];
