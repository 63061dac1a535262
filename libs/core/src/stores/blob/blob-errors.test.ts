import { RestError } from '@azure/storage-blob';
import { describe, expect, it } from 'vitest';
import { storeUnavailable } from './blob-errors.ts';

describe('storeUnavailable', () => {
  it.each([
    ['AuthorizationPermissionMismatch', 403, /Storage Blob Data Contributor/],
    ['KeyBasedAuthenticationNotPermitted', 403, /storage\.account_url/],
    ['AuthenticationFailed', 403, /rotated/],
    ['ContainerNotFound', 404, /pulumi up/],
  ])('says what to do about %s', (code, statusCode, fix) => {
    const error = storeUnavailable(
      'https://x.blob.core.windows.net/?sig=secret',
      new RestError('refused', { code, statusCode }),
    );
    expect(error.fix).toMatch(fix);
    expect(error.message).toContain(`${statusCode} ${code}`);
    expect(error.message).not.toContain('secret');
    expect(error.retryable).toBe(false);
  });

  it('may be tried again when the service is busy or away', () => {
    expect(storeUnavailable('u', new RestError('busy', { statusCode: 503 })).retryable).toBe(true);
    expect(storeUnavailable('u', new Error('socket')).retryable).toBe(true);
  });
});
