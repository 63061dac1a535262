import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';
import { Secret } from './secret.ts';

describe('redaction', () => {
  it('hides known secrets, plain and encoded', () => {
    const value = 'p&ss w/ör+"d"=';
    const texts = [
      value,
      JSON.stringify({ value }),
      `?key=${encodeURIComponent(value)}`,
      new URLSearchParams({ key: value }).toString(),
      Buffer.from(value).toString('base64'),
      Buffer.from(value).toString('base64url'),
      Buffer.from(value).toString('hex'),
    ];
    for (const text of texts) {
      const clean = redact(`before ${text} after`, [new Secret(value)]);
      expect(clean).toContain('***');
      expect(clean).toMatch(/^before .*after$/);
      expect(clean).not.toContain(text);
    }
  });

  it('hides the longest of secrets that contain one another', () => {
    expect(redact('abcdefgh', [new Secret('abcd'), new Secret('abcdefgh')])).toBe('***');
  });

  it('leaves text without secrets, and words too short to be one, alone', () => {
    expect(redact('is on', [new Secret('on'), new Secret('')])).toBe('is on');
  });

  it('leaves no trace of any secret in any surrounding', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8 }).filter((value) => !value.includes('*')),
        fc.string(),
        fc.string(),
        (value, before, after) => {
          const clean = redact(`${before}${value}${after}`, [new Secret(value)]);
          expect(clean.length).toBeLessThan(before.length + value.length + after.length);
        },
      ),
    );
  });
});
