import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * The test settings every project shares. Each run leaves a machine-readable result beside the
 * others, so that the whole suite's counts can be added up even when Nx restores a cached run.
 */
export function projectTests(
  projectName: string,
  options: { coverage?: { lines: number }; isolate?: boolean } = {},
): ViteUserConfig {
  const { coverage, isolate = false } = options;
  const workspaceRoot = fileURLToPath(new URL('.', import.meta.url));
  return defineConfig({
    test: {
      name: projectName,
      include: ['**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/dist/**'],
      // Most of a short file's time is loading modules: files of a project share a process and what it
      // has loaded, unless something they load keeps state for the whole process.
      isolate,
      globalSetup: [`${workspaceRoot}vitest.temporary-folder.ts`],
      // What hangs is to end; how fast the machine is must not decide.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      reporters: ['default', 'json'],
      outputFile: { json: `${workspaceRoot}dist/test-results/${projectName}.json` },
      ...(coverage && {
        coverage: {
          enabled: true,
          provider: 'v8',
          include: ['src/**/*.ts'],
          exclude: ['**/*.test.ts', '**/index.ts'],
          reporter: ['text-summary'],
          thresholds: { lines: coverage.lines },
        },
      }),
    },
  });
}

/**
 * The long matrices, of which the tests hold a chosen subset: the same settings over `*.prove.ts`,
 * with a result of their own beside that of the tests.
 *
 * @param options.also files of tests of which the proofs take every case
 */
export function projectProofs(
  projectName: string,
  options: { also?: readonly string[] } = {},
): ViteUserConfig {
  const config = projectTests(`${projectName}-prove`);
  const include = ['**/*.prove.ts', ...(options.also ?? [])];
  const env = { MISPRICED_PROOFS: process.env['MISPRICED_PROOFS'] ?? 'all' };
  return { ...config, test: { ...config.test, include, env } };
}
