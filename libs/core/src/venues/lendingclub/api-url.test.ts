import { describe, expect, it } from 'vitest';
import { lendingClubApiUrl } from './api-url.ts';

describe('lendingClubApiUrl', () => {
  it.each([
    ['https://api.example', 'https://api.example/api/investor/v1'],
    ['https://api.example/', 'https://api.example/api/investor/v1'],
    ['https://api.example/api/investor/v1/', 'https://api.example/api/investor/v1'],
    ['https://gateway.example/lc', 'https://gateway.example/lc/api/investor/v1'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/api/investor/v1'],
    ['http://localhost:8080', 'http://localhost:8080/api/investor/v1'],
    ['http://[::1]:8080', 'http://[::1]:8080/api/investor/v1'],
  ])('%s is %s', (baseUrl, expected) => {
    expect(lendingClubApiUrl(baseUrl)).toBe(expected);
  });

  it.each([
    'http://api.example',
    'http://127.0.0.1.example',
    'ftp://api.example',
    'api.example',
    '',
  ])('refuses to send a key to %j', (baseUrl) => {
    expect(() => lendingClubApiUrl(baseUrl)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });
});
