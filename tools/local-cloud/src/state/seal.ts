import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeAtomically } from '@mispriced/loopback-server';

const nonceBytes = 12;
const tagBytes = 16;

/** Turns text into what may stand in a file, and back. */
export interface Seal {
  close(text: string): string;
  /** @throws Error where the text was sealed with another key or changed since. */
  open(sealed: string): string;
}

/**
 * AES-256-GCM with a key drawn once and kept in a file of its own that only its owner may read.
 * It keeps secrets out of searches, backups and commits of the state; it is no defence against
 * somebody who can read that key.
 */
export function openSeal(keyFile: string): Seal {
  if (!existsSync(keyFile)) writeAtomically(keyFile, randomBytes(32).toString('base64'));
  const key = Buffer.from(readFileSync(keyFile, 'utf8'), 'base64');
  return {
    close: (text) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const opened = decipher.update(bytes.subarray(nonceBytes + tagBytes));
      return Buffer.concat([opened, decipher.final()]).toString('utf8');
    },
  };
}
