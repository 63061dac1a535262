import { z } from 'zod';
import {
  type Directory,
  makeGroup,
  makeServicePrincipal,
} from '../../services/identity/directory.ts';
import { answer, checkedBody, type HttpRequest, type Route } from '@mispriced/loopback-server';
import { type CloudSettings, cloudSettingsSchema } from './cloud-settings.ts';
import { type FaultPlan, faultSchema } from './fault-plan.ts';
import type { RequestRecord } from './request-record.ts';

/** What the control routes work with. */
export interface ControlContext {
  readonly clock: () => Date;
  readonly directory: Directory;
  /** Tells this process from others. */
  readonly instanceId: string;
  /** What opens these routes. */
  readonly token: string;
  readonly faults: FaultPlan;
  readonly requests: RequestRecord;
  /** Changed in place. */
  readonly settings: CloudSettings;
}

const principalSchema = z.strictObject({
  displayName: z.string().min(1),
  memberOf: z.array(z.string()).optional(),
  /** Negative for a secret that has already expired. */
  lifetimeDays: z.number().int().optional(),
});

/** Whether the local cloud is there, and which one it is; anybody may ask. */
export const healthRoute: Route<ControlContext> = {
  method: 'GET',
  path: '/_control/health',
  handle: ({ context }) => answer(200, { status: 'running', instanceId: context.instanceId }),
};

/** What Azure has no address for: faults, delays, what was asked, and who there is. */
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
  {
    method: 'POST',
    path: '/_control/service-principals',
    handle: ({ request, context }) => {
      const { displayName, memberOf, lifetimeDays } = read(principalSchema, request);
      const { principal, clientSecret } = makeServicePrincipal({
        displayName,
        now: context.clock(),
        ...(memberOf !== undefined && { memberOf }),
        ...(lifetimeDays !== undefined && { lifetimeDays }),
      });
      context.directory.add(principal);
      const { objectId, appId } = principal;
      return answer(201, { objectId, clientId: appId, clientSecret });
    },
  },
  {
    method: 'POST',
    path: '/_control/groups',
    handle: ({ request, context }) => {
      const { displayName } = read(z.strictObject({ displayName: z.string().min(1) }), request);
      const group = makeGroup(displayName);
      context.directory.add(group);
      return answer(201, { objectId: group.objectId });
    },
  },
];

function read<Schema extends z.ZodType>(schema: Schema, request: HttpRequest): z.infer<Schema> {
  return checkedBody(schema, request, 'InvalidControlRequest');
}
