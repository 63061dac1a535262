import type { BuiltPackage } from '../package/build-package.ts';
import { workspaceFolder } from '../package/workspace.ts';
import { unzipFiles } from '../package/zip.ts';
import { checkContents } from './check-contents.ts';
import { checkSize } from './check-size.ts';
import { refuse } from './refuse.ts';
import { scanSecrets } from './scan-secrets.ts';

/**
 * Looks at a package before it is written anywhere: it holds no secret and is not too big. That it
 * loads was seen when it was built; what it needs of an environment a deployment looks at.
 *
 * @returns What is worth a word, one line each.
 * @throws MispricedError `PACKAGE_REFUSED` with all that stands against it.
 */
export async function checkBuilt(args: {
  built: BuiltPackage;
  environment: Readonly<Record<string, string | undefined>>;
}): Promise<readonly string[]> {
  const { built, environment } = args;
  const files = unzipFiles(built.bytes);
  const { sources } = built;
  const scanned = await scanSecrets({ workspace: workspaceFolder, files, sources, environment });
  const problems = [
    ...checkContents(files, built.manifest),
    ...scanned.problems,
    ...checkSize(built.bytes),
  ];
  if (problems.length > 0) throw refuse('package', problems);
  return scanned.notices;
}
