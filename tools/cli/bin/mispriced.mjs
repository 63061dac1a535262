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
  const require = createRequire(import.meta.url);
  const node = join(dirname(require.resolve('node/package.json')), 'bin', 'node');
  const script = fileURLToPath(import.meta.url);
  const { status, error } = spawnSync(node, [script, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (error !== undefined) {
    console.error(`Node ${process.versions.node} is too old and ${node} cannot be started.`);
    console.error('Run `npm ci` first, or use Node 22.18 or newer.');
  }
  process.exitCode = status ?? 1;
}
