import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AuthLevel } from '../catalog/function-description.ts';

/** Keys by their names. */
type NamedKeys = Readonly<Record<string, string>>;

/** The keys of an app, in the shape in which the resource manager lists them. */
export interface HostKeys {
  /** Opens everything, the admin routes too. */
  readonly masterKey: string;
  /** Host keys: each opens every function. */
  readonly functionKeys: NamedKeys;
  readonly systemKeys: NamedKeys;
  /** The keys of single functions, by function. */
  readonly keysByFunction: Readonly<Record<string, NamedKeys>>;
}

/** Fresh keys, as Azure makes for a new app. */
export function createHostKeys(): HostKeys {
  const functionKeys = { default: createKey() };
  return { masterKey: createKey(), functionKeys, systemKeys: {}, keysByFunction: {} };
}

/**
 * Whether a request holds a key that opens this level, in `x-functions-key` or, without that
 * header, in `?code=`. Source: azure-functions-host AuthenticationLevelHandler.cs.
 */
export function isAuthorized(args: {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly keys: HostKeys;
  readonly level: AuthLevel;
  readonly functionName?: string;
}): boolean {
  if (args.level === 'anonymous') return true;
  const given = args.request.headers['x-functions-key'] ?? args.url.searchParams.get('code');
  if (typeof given !== 'string' || given === '') return false;
  const accepted = [args.keys.masterKey];
  if (args.level === 'function') {
    accepted.push(...Object.values(args.keys.functionKeys));
    accepted.push(...Object.values(args.keys.keysByFunction[args.functionName ?? ''] ?? {}));
  }
  return accepted.some((key) => isSame(given, key));
}

function createKey(): string {
  return randomBytes(40).toString('base64url');
}

function isSame(given: string, key: string): boolean {
  const [left, right] = [given, key].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
