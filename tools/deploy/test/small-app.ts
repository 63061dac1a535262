import { join } from 'node:path';
import { build } from 'esbuild';
import { externalModules } from '../src/package/bundle-app.ts';
import { workspaceFolder } from '../src/package/workspace.ts';

const banner =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** A function app of a few lines, bundled as the real one is. */
export async function smallApp(
  code: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { app } from '@azure/functions';\n${code}`,
      resolveDir: join(workspaceFolder, 'apps/strategy'),
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: [...externalModules],
    banner: { js: banner },
    write: false,
    logLevel: 'silent',
  });
  const texts = {
    'host.json': '{"version":"2.0"}',
    'package.json': '{"type":"module","main":"main.mjs"}',
    ...more,
  };
  return new Map<string, Uint8Array>([
    ['main.mjs', outputFiles[0]?.contents ?? new Uint8Array()],
    ...Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)] as const),
  ]);
}

/** A timer and an HTTP function that answers its environment's stage. */
export const soundFunctions = `
app.timer('daily-trade', { schedule: '3 25 15 * * *', handler: () => undefined });
app.http('status', { methods: ['GET'], handler: () => ({ jsonBody: {} }) });
`;
