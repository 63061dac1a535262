import { expect, it } from 'vitest';
import { formatCookie } from './format-cookie.ts';

it('writes a cookie with all that it was given', () => {
  expect(
    formatCookie({
      name: 'session',
      value: 'a b',
      domain: { value: 'example.com' },
      path: { value: '/app' },
      expires: { value: { seconds: 1_793_577_600 } },
      maxAge: { value: 60 },
      secure: { value: true },
      httpOnly: { value: true },
      sameSite: 'explicitNone',
    }),
  ).toBe(
    'session=a%20b; expires=Mon, 02 Nov 2026 00:00:00 GMT; max-age=60; domain=example.com; ' +
      'path=/app; secure; samesite=None; httponly',
  );
});

it('writes a plain one', () => {
  expect(formatCookie({ name: 'plain', value: '1', sameSite: 'none' })).toBe('plain=1; path=/');
});
