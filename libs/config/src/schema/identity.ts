import { z } from 'zod';
import { serviceUrl } from './addresses.ts';
import { secretValue } from './secret-value.ts';
import { setting } from './setting.ts';
import { guidText, oneOf } from './text-values.ts';

export const identitySection = z.strictObject({
  kind: setting(oneOf(['managed', 'developer', 'service-principal']), {
    about:
      'Who signs in to Azure: the app’s identity, the person at the keyboard, or an application',
  }),
  client_id: setting(guidText('the client id of an identity').optional(), {
    about: 'Client id of the user-assigned identity or of the service principal',
  }),
  tenant_id: setting(guidText('the id of a tenant').optional(), {
    about: 'Tenant of the service principal',
  }),
  client_secret: setting(secretValue().optional(), {
    about: 'Secret of the service principal',
    secret: true,
  }),
  authority_url: setting(serviceUrl().optional(), {
    about: 'Where tokens come from, where that is not https://login.microsoftonline.com',
    sensitive: true,
  }),
});
