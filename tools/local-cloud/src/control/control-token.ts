import { randomBytes, timingSafeEqual } from 'node:crypto';
import { bearerToken, HttpError, type HttpRequest } from '@mispriced/loopback-server';
import type { StateFolder } from '../state/state-folder.ts';

/**
 * What opens `/_control`: whoever has it may make principals and read what was asked, so that it is
 * kept sealed, and given to those alone who may read the state folder.
 */
export function openControlToken(state: StateFolder): string {
  const document = state.document('control-token', () => randomBytes(32).toString('base64url'));
  document.save();
  return document.value;
}

/** @throws HttpError 401 without the token */
export function checkControlToken(request: HttpRequest, token: string): void {
  const given = Buffer.from(bearerToken(request) ?? '');
  const expected = Buffer.from(token);
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new HttpError({
    status: 401,
    code: 'ControlTokenMissing',
    message:
      'Send `Authorization: Bearer $MISPRICED_LOCAL_CONTROL_TOKEN`; ' +
      '`npx mispriced local env` prints the token.',
    headers: { 'www-authenticate': 'Bearer' },
  });
}
