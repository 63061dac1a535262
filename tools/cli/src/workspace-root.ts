import { fileURLToPath } from 'node:url';

/** The repository's root: where `config/` is. */
export const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));
