const needed = [
  'PATH',
  'HOME',
  'TMPDIR',
  'NODE_COMPILE_CACHE',
  'PULUMI_HOME',
  'GOGC',
  'GOMEMLIMIT',
];

/**
 * What a program needs of this process's environment to start: where programs, home and temporary files
 * are, and what a run of tests keeps and saves. Nothing in it names a cloud or holds a secret.
 */
export function plainEnvironment(): Record<string, string> {
  const given = needed.map((name): [string, string | undefined] => [name, process.env[name]]);
  return Object.fromEntries(
    given.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
