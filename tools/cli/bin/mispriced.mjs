#!/usr/bin/env node
// The program is TypeScript that Node runs as it is, which Node 22.18 was the first to do. On an
// older one this hands over to the Node that the repository brings along.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  // Half of a command's start is compiling; what Node compiled once it finds again in its cache.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  await import('../src/main.ts');
} else {
  process.exitCode = startAgainWithOwnNode();
}

/** Runs this command with the Node of the repository; answers what that ended with. */
function startAgainWithOwnNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  try {
    const { resolve } = createRequire(import.meta.url);
    const program = platform === 'win' ? 'bin/node.exe' : 'bin/node';
    const node = join(dirname(resolve(`${name}/package.json`)), program);
    const script = fileURLToPath(import.meta.url);
    const end = spawnSync(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
    if (end.error === undefined) return end.status ?? 1;
  } catch {
    // Not every platform has such a package, and it is optional.
  }
  console.error(`Node ${process.versions.node} is too old, and the package ${name} is not here.`);
  console.error('Run `npm ci` first, or use Node 22.18 or newer.');
  return 1;
}
