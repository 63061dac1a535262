import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from './secret.ts';

/** The HTTP header in which a tool names a secret that the app ought to have. */
export const expectationHeader = 'x-mispriced-expects';

/** A claim about one secret: which, and a proof that says nothing of it to who does not have it. */
export interface SecretExpectation {
  /** The configuration's key. */
  readonly key: string;
  /** Random, so that no proof can be used twice. */
  readonly salt: string;
  readonly proof: string;
}

/**
 * Lets a tool ask a running app whether it has this very value, which neither of them then has to
 * send: HMAC-SHA256 (RFC 2104) of a salt, under a hash of the value. The hash keeps the proof from
 * being a signature that opens something, as an HMAC under a storage key itself would be.
 */
export function expectSecret(key: string, value: Secret): SecretExpectation {
  const salt = randomBytes(18).toString('base64url');
  return { key, salt, proof: proofOf(value, salt) };
}

/** The header's text; it holds nothing secret. */
export function formatExpectation({ key, salt, proof }: SecretExpectation): string {
  return [key, salt, proof].join(' ');
}

/** Reads the header's text; null where it is none. */
export function parseExpectation(text: string): SecretExpectation | null {
  const [, key, salt, proof] =
    /^([a-z0-9_.]{1,100}) ([\w-]{16,64}) ([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  return key === undefined || salt === undefined || proof === undefined
    ? null
    : { key, salt, proof };
}

/** Whether a value is the one that was expected. */
export function meetsExpectation(expectation: SecretExpectation, value: Secret): boolean {
  const own = Buffer.from(proofOf(value, expectation.salt), 'hex');
  const given = Buffer.from(expectation.proof, 'hex');
  return own.length === given.length && timingSafeEqual(own, given);
}

function proofOf(value: Secret, salt: string): string {
  const key = createHash('sha256').update(`mispriced secret proof\n${value.reveal()}`).digest();
  return createHmac('sha256', key).update(salt).digest('hex');
}
