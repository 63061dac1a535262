import { glob, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runTool } from '@mispriced/environment';
import { z } from 'zod';

/** The sources of another commit in a folder of their own, ready to run. */
export interface BaseTree {
  readonly folder: string;
  readonly commit: string;
  close(): Promise<void>;
}

const packageSchema = z.object({ workspaces: z.array(z.string()) });
const nameSchema = z.object({ name: z.string() });

/**
 * Unpacks a commit of a working tree's repository beside it. Its modules are those of the working
 * tree where both lock the same, else they are installed.
 *
 * @throws Error where there is no such commit, or its modules cannot be installed.
 */
export async function openBaseTree(args: {
  workspace: string;
  reference: string;
  report: (line: string) => void;
}): Promise<BaseTree> {
  const { workspace, reference } = args;
  const commit = await commitOf(workspace, reference);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mispriced-base-')));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const archive = join(folder, 'base.tar');
    const words = ['archive', '--format=tar', `--output=${archive}`, commit];
    await runTool({ program: 'git', words, folder: workspace });
    await runTool({ program: 'tar', words: ['-xf', archive], folder });
    await rm(archive);
    if (await lockAlike(workspace, folder)) await linkModules(workspace, folder);
    else {
      args.report('the base has other modules: installing them');
      await runTool({ program: 'npm', words: ['ci', '--no-audit', '--no-fund'], folder });
    }
    return { folder, commit, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The commit that a name stands for; a name that looks like an option stands for none. */
async function commitOf(workspace: string, reference: string): Promise<string> {
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`];
  try {
    return (await runTool({ program: 'git', words, folder: workspace })).trim();
  } catch (error) {
    throw new Error(`There is no commit ${reference} in this clone.`, { cause: error });
  }
}

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ link: z.boolean(), integrity: z.string() }).partial()),
});

/** Whether every module of others that the base locks is locked the same by the working tree. */
async function lockAlike(workspace: string, folder: string): Promise<boolean> {
  const read = async (place: string) =>
    lockSchema.parse(await readJson(join(place, 'package-lock.json'))).packages;
  const [here, base] = [await read(workspace), await read(folder)];
  return Object.entries(base)
    .filter(([path, { link }]) => path.startsWith('node_modules/') && link !== true)
    .every(([path, { integrity }]) => path in here && here[path]?.integrity === integrity);
}

/** Modules of others are links to the working tree's; those of ours are the base's own. */
export async function linkModules(workspace: string, folder: string): Promise<void> {
  const modules = join(workspace, 'node_modules');
  await mkdir(join(folder, 'node_modules', '@mispriced'), { recursive: true });
  for (const name of await readdir(modules)) {
    if (name === '@mispriced' || name.startsWith('.')) continue;
    await symlink(join(modules, name), join(folder, 'node_modules', name));
  }
  const { workspaces } = packageSchema.parse(await readJson(join(folder, 'package.json')));
  for await (const file of glob(
    workspaces.map((each) => `${each}/package.json`),
    { cwd: folder },
  )) {
    const each = dirname(file);
    const { name } = nameSchema.parse(await readJson(join(folder, each, 'package.json')));
    await mkdir(dirname(join(folder, 'node_modules', name)), { recursive: true });
    await symlink(join(folder, each), join(folder, 'node_modules', name));
  }
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
