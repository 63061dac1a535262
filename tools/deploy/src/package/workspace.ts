import { fileURLToPath } from 'node:url';

/** The repository's root, for whoever packages the working tree this tool is part of. */
export const workspaceFolder = fileURLToPath(new URL('../../../..', import.meta.url));

/** The app's folder inside a working tree. */
export const appFolder = 'apps/strategy';

/** What the package is built for: Flex Consumption's machines. */
export const packagePlatform = { platform: 'linux', arch: 'x64' } as const;
