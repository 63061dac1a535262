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

  it('names whom to grant a role, and nothing else of the token', () => {
    const claims = {
      appid: '66666666-6666-4666-8666-666666666666',
      oid: '77777777-7777-4777-8777-777777777777',
      name: 'somebody',
    };
    const refusedWith = (authorization: string) => {
      const error = new RestError('refused', {
        code: 'AuthorizationPermissionMismatch',
        statusCode: 403,
      });
      const request = { headers: new Map([['authorization', authorization]]) };
      return storeUnavailable('u', Object.assign(error, { request })).fix;
    };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const fix = refusedWith(`Bearer header.${payload}.signature`);
    expect(fix).toContain(
      `Grant the identity with client id ${claims.appid} and object id ${claims.oid} the role Storage Blob Data Contributor`,
    );
    expect(fix).not.toMatch(/somebody|signature/);
    expect(refusedWith('Bearer opaque')).toContain('Grant the identity the role');
    expect(refusedWith('Bearer a.bm90IGpzb24.c')).toContain('Grant the identity the role');
  });

  it('may be tried again when the service is busy or away', () => {
    expect(storeUnavailable('u', new RestError('busy', { statusCode: 503 })).retryable).toBe(true);
    expect(storeUnavailable('u', new Error('socket')).retryable).toBe(true);
  });
});
