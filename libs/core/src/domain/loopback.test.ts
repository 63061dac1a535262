import { describe, expect, it } from 'vitest';
import { isLoopbackUrl } from './loopback.ts';

describe('this machine', () => {
  it.each([
    ...['http://127.0.0.1:1', 'https://127.1.2.3', 'http://localhost', 'http://[::1]/a'],
    ...['https://LOCALHOST:8700', 'https://account.blob.localhost:8700/a'],
  ])('is %s', (text) => {
    expect(isLoopbackUrl(text)).toBe(true);
  });

  it.each([
    ...['http://10.0.0.1', 'https://localhost.example.com', 'http://0.0.0.0', 'localhost'],
    ...['http://127.0.0.1.example.com', 'http://notlocalhost', 'http://.localhost.com'],
  ])('is not %s', (text) => {
    expect(isLoopbackUrl(text)).toBe(false);
  });
});
