import { z } from 'zod';
import { answer, checkedBody, type Route } from '@mispriced/loopback-server';
import type { Directory } from './directory.ts';
import { addGroup, addServicePrincipal } from './sign-in.ts';

const displayName = z.string().min(1);
const groupSchema = z.strictObject({ displayName });
const principalSchema = z.strictObject({
  displayName,
  memberOf: z.array(z.string()).optional(),
  /** Negative for a secret that has already expired. */
  lifetimeDays: z.number().int().optional(),
});

/** Who there is, made without the Graph. */
export function identityControl(args: {
  directory: Directory;
  clock: () => Date;
}): readonly Route[] {
  const { directory, clock } = args;
  return [
    {
      method: 'POST',
      path: '/_control/service-principals',
      handle: ({ request }) => {
        const wanted = checkedBody(principalSchema, request, 'InvalidControlRequest');
        return answer(201, addServicePrincipal(directory, { ...wanted, now: clock() }));
      },
    },
    {
      method: 'POST',
      path: '/_control/groups',
      handle: ({ request }) => {
        const wanted = checkedBody(groupSchema, request, 'InvalidControlRequest');
        return answer(201, { objectId: addGroup(directory, wanted.displayName) });
      },
    },
  ];
}
