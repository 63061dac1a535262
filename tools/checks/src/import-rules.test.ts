import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));
const eslint = new ESLint({
  cwd: workspaceRoot,
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  // Only the import rules are asked: the snippets are not files of the project.
  ruleFilter: ({ ruleId }) => /^no-restricted-(imports|syntax)$/.test(ruleId),
});

async function problemsOf(code: string, filePath: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${workspaceRoot}${filePath}` });
  return (result?.messages ?? []).map((message) => message.message);
}

describe('the import rules', () => {
  it('let a stage import the domain and its own folder', async () => {
    const code = `import '../domain/index.ts';\nimport './as-of.ts';\n`;
    expect(await problemsOf(code, 'libs/core/src/enrich/enrich.ts')).toEqual([]);
  });

  it.each([
    ['another stage', '../score/index.ts', 'libs/core/src/enrich/enrich.ts'],
    ['another stage, from deeper down', '../../orders/index.ts', 'libs/core/src/stores/blob/x.ts'],
    ['the pipeline', '../pipeline.ts', 'libs/core/src/decide/decide.ts'],
    ['the whole library', '../index.ts', 'libs/core/src/decide/decide.ts'],
    ['test support', '@mispriced/testing', 'libs/core/src/decide/decide.ts'],
    ['test support, in an app', '@mispriced/testing', 'apps/strategy/src/compose.ts'],
  ])('refuse %s', async (_what, specifier, file) => {
    expect(await problemsOf(`import '${specifier}';\n`, file)).toHaveLength(1);
  });

  it.each([
    ['the double', '@mispriced/local-cloud/provider', 'tools/deploy/src/deploy/x.ts'],
    ['the double, by its path', '../../../local-cloud/src/index.ts', 'tools/preview/src/life/x.ts'],
    ['a later service', '../storage/blobs.ts', 'tools/local-cloud/services/arm/x.ts'],
    [
      'a later service, from deeper down',
      '../../web/x.ts',
      'tools/local-cloud/services/arm/a/x.ts',
    ],
    [
      'what puts the services together',
      '../../src/dispatch.ts',
      'tools/local-cloud/services/web/x.ts',
    ],
  ])('refuse %s, as an import and as `import()`', async (_what, specifier, file) => {
    expect(await problemsOf(`import '${specifier}';\n`, file)).toHaveLength(1);
    expect(await problemsOf(`await import('${specifier}');\n`, file)).toHaveLength(1);
  });

  it.each([
    [
      'the double where it is connected',
      '@mispriced/local-cloud',
      'tools/environment/src/local-cloud.ts',
    ],
    ['the file that connects it', './local-cloud.ts', 'tools/environment/src/commands.ts'],
    ['an earlier service', '../arm/index.ts', 'tools/local-cloud/services/web/x.ts'],
    ['the kernel of the services', '../../src/omit.ts', 'tools/local-cloud/services/web/x.ts'],
  ])('let in %s', async (_what, specifier, file) => {
    const code = `import '${specifier}';\nawait import('${specifier}');\n`;
    expect(await problemsOf(code, file)).toEqual([]);
  });

  it('let a test of a stage use test support', async () => {
    const code = `import '@mispriced/testing';\n`;
    expect(await problemsOf(code, 'libs/core/src/decide/decide.test.ts')).toEqual([]);
  });
});
