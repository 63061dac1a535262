import { decodeJwt } from 'jose';
import { z } from 'zod';

const claims = z.object({
  upn: z.string().optional(),
  unique_name: z.string().optional(),
  appid: z.string().optional(),
  oid: z.string().optional(),
});

/** Whose a token is, for the release log: a person's name or an application's id. */
export function tokenOwner(token: string): string {
  try {
    const { upn, unique_name: uniqueName, appid, oid } = claims.parse(decodeJwt(token));
    return upn ?? uniqueName ?? appid ?? oid ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
