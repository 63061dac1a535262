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
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { upn, unique_name: uniqueName, appid, oid } = claims.parse(JSON.parse(text));
    return upn ?? uniqueName ?? appid ?? oid ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
