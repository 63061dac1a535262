import type { StorageAccount } from './storage-account.ts';

/** A shared-access signature that a text holds. */
export interface FoundSignature {
  /** `account` opens what it says in the whole account; `service` one container, blob or queue. */
  readonly kind: 'account' | 'service';
  /** When it ends by itself, as it says; null where a stored policy says so. */
  readonly expiresAt: string | null;
}

const query = /[?&;=](?=[^\s"'<>]*\bsig=)[^\s"'<>;]*/gi;

/**
 * Finds the signatures in a text that were made with a key of an account, and so die with the key. One
 * that an identity signed (`skoid`) does not.
 *
 * Source: "Create an account SAS" and "Create a service SAS" in the storage services' REST reference.
 */
export function signaturesInText(text: string, account: StorageAccount): readonly FoundSignature[] {
  if (!namesAccount(text, account)) return [];
  const found = new Map<string, FoundSignature>();
  for (const [part] of text.matchAll(query)) {
    const fields = new URLSearchParams(part.slice(part.indexOf('?') + 1).replace(/^[?&;=]/, ''));
    const signature = fields.get('sig');
    if (signature === null || !fields.has('sv') || fields.has('skoid')) continue;
    found.set(signature, {
      kind: fields.has('ss') ? 'account' : 'service',
      expiresAt: fields.get('se'),
    });
  }
  return [...found.values()];
}

function namesAccount(text: string, { name, endpoints }: StorageAccount): boolean {
  const lower = text.toLowerCase();
  const hosts = Object.values(endpoints).flatMap((url) =>
    url === null ? [] : [new URL(url).host.toLowerCase()],
  );
  // A bare token names no account: it is shown rather than missed.
  const isBare = !/https?:\/\//.test(lower) && !lower.includes('accountname=');
  return (
    isBare ||
    hosts.some((host) => lower.includes(host)) ||
    new RegExp(`accountname=${name}(;|$)`).test(lower) ||
    lower.includes(`//${name}.`)
  );
}
