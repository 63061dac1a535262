import { join, relative } from 'node:path';
import { build, type BuildResult, type Metafile } from 'esbuild';
import type { FunctionSource } from './find-functions.ts';
import { packageRefused } from './package-error.ts';

/** What the app's entry point is called in the package. */
export const entryPoint = 'dist/main.mjs';

/** Left out of the bundle: native code, and what the platform itself gives to the app. */
export const externalModules = ['onnxruntime-node', '@azure/functions-core'] as const;

/** CommonJS inside an ES module asks for these. */
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('\n');

/** The code of an app in a few files, and the modules from npm that went into it. */
export interface AppBundle {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Folders of npm modules inside the working tree. */
  readonly moduleFolders: readonly string[];
  /** The working tree's own files that went into it. */
  readonly sources: readonly string[];
}

/**
 * Bundles the app, its libraries and what they need from npm. ES modules, since functions await
 * their configuration at the top level; in parts, so that what one run does not need is not read.
 * Names stay whole, so that a stack trace can be read.
 *
 * @throws MispricedError `PACKAGE_REFUSED` with every file and line that does not build.
 */
export async function bundleApp(args: {
  workspace: string;
  app: string;
  functions: readonly FunctionSource[];
}): Promise<AppBundle> {
  const { workspace, app, functions } = args;
  const result = await runBuild({
    workspace,
    app,
    entry: functions.map(({ file }) => `import ${JSON.stringify(`./${file}`)};`).join('\n'),
  });
  const files = new Map(
    (result.outputFiles ?? []).map((file) => [
      `dist/${relative(join(workspace, 'dist'), file.path).replaceAll('\\', '/')}`,
      file.contents,
    ]),
  );
  const inputs = Object.keys(result.metafile.inputs).filter((file) => file !== '<stdin>');
  return {
    files,
    moduleFolders: moduleFolders(inputs),
    sources: inputs.filter((file) => !file.includes('node_modules/')).sort(),
  };
}

async function runBuild(args: {
  workspace: string;
  app: string;
  entry: string;
}): Promise<BuildResult & { metafile: Metafile }> {
  try {
    return await build({
      absWorkingDir: args.workspace,
      stdin: { contents: args.entry, resolveDir: join(args.workspace, args.app), loader: 'ts' },
      outdir: join(args.workspace, 'dist'),
      entryNames: 'main',
      chunkNames: 'parts/[hash]',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      external: [...externalModules],
      banner: { js: banner },
      minifySyntax: true,
      minifyWhitespace: true,
      // Licences ask to be kept with the code.
      legalComments: 'eof',
      sourcemap: false,
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
  } catch (error) {
    throw packageRefused(
      `The app does not build:\n${reasons(error).join('\n')}`,
      'Mend what is named; nothing was sent.',
      error,
    );
  }
}

function reasons(error: unknown): readonly string[] {
  const { errors } = error as {
    errors?: readonly { text: string; location: { file: string; line: number } | null }[];
  };
  if (errors === undefined) return [String(error)];
  return errors.map(({ text, location }) =>
    location === null ? text : `${location.file}:${location.line}: ${text}`,
  );
}

function moduleFolders(inputs: readonly string[]): readonly string[] {
  const folders = inputs.flatMap((file) => {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  return [...new Set(folders)].sort();
}
