import type { TextFile } from './repository.ts';

const homes = ['home', 'root', 'tmp', 'work', 'mnt', 'private', 'Users', 'workspace', 'workspaces'];
const machinePath = new RegExp(
  String.raw`(?:(?<![\w.$}/~-])|(?<=file://))/(?:${homes.join('|')})/[\w.-]+|\b[A-Z]:\\\\?Users\b`,
  'g',
);

/** Places of somebody's own machine that a text names, such as a home folder, each with its line. */
export function machinePaths(file: TextFile): readonly string[] {
  return file.text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(machinePath)].map(([path]) => `${file.path}:${index + 1} ${path}`),
    );
}

/** Where a lock file says packages were fetched from, other than npm's public registry. */
export function foreignRegistries(lockText: string): readonly string[] {
  const hosts = [...lockText.matchAll(/"resolved":\s*"(?:git\+)?https?:\/\/([^/"]+)/g)];
  const names = hosts.map(([, host = '']) => host);
  return [...new Set(names)].filter((host) => host !== 'registry.npmjs.org');
}
