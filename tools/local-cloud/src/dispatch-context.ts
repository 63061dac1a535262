import type { ArmContext } from '../services/arm/engine/arm-context.ts';
import type { StorageRequest } from '../services/storage/storage-request.ts';
import type { ControlContext } from './control/control-routes.ts';
import type { RunningCloudService } from './services/cloud-service.ts';

/** What requests are dispatched with. */
export interface DispatchContext {
  readonly cloud: ArmContext;
  readonly control: ControlContext;
  readonly joined: () => readonly RunningCloudService[];
  readonly serveStorage: (request: StorageRequest) => Promise<void>;
  readonly log: (line: string) => void;
}
