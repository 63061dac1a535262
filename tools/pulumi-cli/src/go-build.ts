import { spawn } from 'node:child_process';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languageHostVersion, pulumiVersion } from './versions.ts';

const goModules = fileURLToPath(new URL('../go', import.meta.url));

/**
 * Builds the command line and the Node.js language host from the Go module proxy into
 * `<folder>/bin`: about six minutes on two cores. The module files are copied first, for Go writes
 * its check sums beside them. Throws with the end of what Go printed.
 */
export async function buildWithGo(args: { folder: string; go: string }): Promise<void> {
  const bin = join(args.folder, 'bin');
  await mkdir(bin, { recursive: true });
  await build({
    ...args,
    module: 'language-host',
    target: 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs',
    version: languageHostVersion,
    output: join(bin, 'pulumi-language-nodejs'),
  });
  await build({
    ...args,
    module: 'cli',
    target: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    version: pulumiVersion,
    output: join(bin, 'pulumi'),
  });
}

async function build(args: {
  folder: string;
  go: string;
  module: string;
  target: string;
  version: string;
  output: string;
}): Promise<void> {
  const work = join(args.folder, `module-${args.module}`);
  await mkdir(work, { recursive: true });
  await copyFile(join(goModules, args.module, 'go.mod'), join(work, 'go.mod'));
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${args.version}`;
  await runGo({
    go: args.go,
    folder: work,
    parameters: ['build', '-ldflags', `-s -w ${versionFlag}`, '-o', args.output, args.target],
  });
  await rm(work, { recursive: true, force: true });
}

function runGo(args: { go: string; folder: string; parameters: string[] }): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(args.go, args.parameters, {
      cwd: args.folder,
      env: { ...process.env, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString('utf8')).slice(-2_000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go ended with ${String(code)}: ${printed.trim()}`));
    });
  });
}
