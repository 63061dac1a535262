import { z } from 'zod';
import { answer, checkedBody } from '@mispriced/loopback-server';
import { checkApiVersion } from '../engine/api-version.ts';
import type { ArmRoute } from '../engine/arm-route.ts';
import { storageApiVersions } from './account-body.ts';
import { storageAccountName } from './account-type.ts';
import type { StorageContext } from './storage-context.ts';

const body = z.object({ name: z.string(), type: z.string().optional() });

/** Whether an account could be called that. */
export const storageNameRoutes: readonly ArmRoute<StorageContext>[] = [
  {
    method: 'POST',
    path: '/subscriptions/{subscription}/providers/Microsoft.Storage/checkNameAvailability',
    action: 'Microsoft.Storage/checknameavailability/read',
    handle: ({ request, context }) => {
      checkApiVersion({
        version: request.query.get('api-version'),
        type: 'Microsoft.Storage/storageAccounts',
        known: storageApiVersions,
      });
      const { name } = checkedBody(body, request);
      if (!storageAccountName.pattern.test(name)) {
        const message = storageAccountName.message(name);
        return answer(200, { nameAvailable: false, reason: 'AccountNameInvalid', message });
      }
      if (context.storage.keys(name) !== undefined) {
        const message = `The storage account named ${name} is already taken.`;
        return answer(200, { nameAvailable: false, reason: 'AlreadyExists', message });
      }
      return answer(200, { nameAvailable: true });
    },
  },
];
