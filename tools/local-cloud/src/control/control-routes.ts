import { z } from 'zod';
import { answer, checkedBody, type HttpRequest, type Route } from '@mispriced/loopback-server';
import { type CloudSettings, cloudSettingsSchema } from './cloud-settings.ts';
import { type FaultPlan, faultSchema } from './fault-plan.ts';
import type { RequestRecord } from './request-record.ts';

/** What the control routes work with. */
export interface ControlContext {
  /** Tells this process from others. */
  readonly instanceId: string;
  /** What opens these routes. */
  readonly token: string;
  readonly faults: FaultPlan;
  readonly requests: RequestRecord;
  /** Changed in place. */
  readonly settings: CloudSettings;
}

/** Whether the local cloud is there, and which one it is; anybody may ask. */
export const healthRoute: Route<ControlContext> = {
  method: 'GET',
  path: '/_control/health',
  handle: ({ context }) => answer(200, { status: 'running', instanceId: context.instanceId }),
};

/** What Azure has no address for: faults, delays and what was asked. */
export const controlRoutes: readonly Route<ControlContext>[] = [
  healthRoute,
  {
    method: 'GET',
    path: '/_control/faults',
    handle: ({ context }) => answer(200, context.faults.remaining()),
  },
  {
    method: 'PUT',
    path: '/_control/faults',
    handle: ({ request, context }) => {
      context.faults.set(read(z.array(faultSchema), request));
      return answer(200, context.faults.remaining());
    },
  },
  {
    method: 'GET',
    path: '/_control/settings',
    handle: ({ context }) => answer(200, context.settings),
  },
  {
    method: 'PUT',
    path: '/_control/settings',
    handle: ({ request, context }) => {
      Object.assign(context.settings, read(cloudSettingsSchema.partial(), request));
      return answer(200, context.settings);
    },
  },
  {
    method: 'GET',
    path: '/_control/requests',
    handle: ({ context }) => answer(200, context.requests.all()),
  },
  {
    method: 'DELETE',
    path: '/_control/requests',
    handle: ({ context }) => {
      context.requests.clear();
      return answer(204);
    },
  },
];

function read<Schema extends z.ZodType>(schema: Schema, request: HttpRequest): z.infer<Schema> {
  return checkedBody(schema, request, 'InvalidControlRequest');
}
