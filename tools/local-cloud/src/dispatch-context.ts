import type { ControlContext } from './control/control-routes.ts';
import type { OpenService } from './service.ts';

/** What requests are dispatched with. */
export interface DispatchContext {
  readonly control: ControlContext;
  /** Those that are open so far. */
  readonly services: readonly OpenService[];
  readonly log: (line: string) => void;
}
